/** The configuration of the embedder. Knows nothing of how it is used. */
@NullMarked
package io.voxtag.embedder.config;

import org.jspecify.annotations.NullMarked;
