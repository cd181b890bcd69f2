/**
 * The embedder: call audio in, speaker embeddings out; and enrolment recordings likewise. This
 * package puts the parts together and is the service's door; what they do lives in the packages
 * below it.
 */
@NullMarked
package io.voxtag.embedder;

import org.jspecify.annotations.NullMarked;
