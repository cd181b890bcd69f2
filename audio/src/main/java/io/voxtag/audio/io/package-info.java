/**
 * What every container reader shares: bounds-checked bytes, the growing sample buffer with its
 * limits, and the exceptions that a reader throws. No format is known here.
 */
@NullMarked
package io.voxtag.audio.io;

import org.jspecify.annotations.NullMarked;
