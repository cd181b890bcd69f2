/**
 * The speaker registry in Redis: a projection of the enrolments, per model version a voiceprint for
 * each speaker and a stream of changes that matchers follow. The rules of who may be enrolled are
 * not here.
 */
@NullMarked
package io.voxtag.matcher.registry;

import org.jspecify.annotations.NullMarked;
