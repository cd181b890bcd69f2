/**
 * What evaluation adds to a training run: error rates on test lists after each epoch, and a picture
 * of the curves.
 */
@NullMarked
package io.voxtag.evaluation.training;

import org.jspecify.annotations.NullMarked;
