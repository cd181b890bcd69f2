/** Generated signals: speech-like voices that differ, and what is nobody's voice. */
@NullMarked
package io.voxtag.testkit.speech;

import org.jspecify.annotations.NullMarked;
