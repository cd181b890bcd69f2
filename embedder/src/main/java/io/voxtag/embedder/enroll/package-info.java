/**
 * From {@code enrollments} to {@code enrollment-embeddings}: what a recording must be to enrol a
 * voice, and the voice in it. Registries and decisions about speakers live elsewhere.
 */
@NullMarked
package io.voxtag.embedder.enroll;

import org.jspecify.annotations.NullMarked;
