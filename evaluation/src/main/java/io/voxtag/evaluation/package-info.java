/**
 * A model on recordings, without any service: comparing two files, finding a speaker in a library,
 * and error rates over lists of trials.
 */
@NullMarked
package io.voxtag.evaluation;

import org.jspecify.annotations.NullMarked;
