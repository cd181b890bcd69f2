/** From speaker embeddings to tags: the registry in Redis, the index in memory, the decision. */
@NullMarked
package io.voxtag.matcher;

import org.jspecify.annotations.NullMarked;
