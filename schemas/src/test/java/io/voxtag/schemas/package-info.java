/** Tests of topics, keys and their reference. */
@NullMarked
package io.voxtag.schemas;

import org.jspecify.annotations.NullMarked;
