/** The Ogg container (RFC 3533) and Opus in it (RFC 7845). The Opus codec itself is Concentus. */
@NullMarked
package io.voxtag.audio.ogg;

import org.jspecify.annotations.NullMarked;
