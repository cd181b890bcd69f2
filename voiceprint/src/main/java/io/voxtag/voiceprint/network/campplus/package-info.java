/** CAM++: a densely connected TDNN whose layers are masked by their context. */
@NullMarked
package io.voxtag.voiceprint.network.campplus;

import org.jspecify.annotations.NullMarked;
