/**
 * The trainer: labelled utterances in, new model versions out. This package puts the parts together
 * and is the service's door; what they do lives in the packages below it.
 */
@NullMarked
package io.voxtag.trainer;

import org.jspecify.annotations.NullMarked;
