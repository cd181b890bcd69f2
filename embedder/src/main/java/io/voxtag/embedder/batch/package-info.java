/**
 * Embedding windows of all calls in shared batches, on threads of its own. Knows nothing of Kafka,
 * legs or enrolments.
 */
@NullMarked
package io.voxtag.embedder.batch;

import org.jspecify.annotations.NullMarked;
