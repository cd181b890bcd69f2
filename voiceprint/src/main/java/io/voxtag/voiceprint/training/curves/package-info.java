/**
 * What is written down of a run while it goes on: TensorBoard event files and a table of values.
 */
@NullMarked
package io.voxtag.voiceprint.training.curves;

import org.jspecify.annotations.NullMarked;
