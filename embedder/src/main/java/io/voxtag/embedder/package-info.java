/** From call audio to speaker embeddings: windows, voice activity, shared batches. */
@NullMarked
package io.voxtag.embedder;

import org.jspecify.annotations.NullMarked;
