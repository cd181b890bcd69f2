@NullMarked
package io.voxtag.audio.opus;

import org.jspecify.annotations.NullMarked;
