/** ECAPA-TDNN: its blocks, and the same on rows for inference. */
@NullMarked
package io.voxtag.voiceprint.network.ecapa;

import org.jspecify.annotations.NullMarked;
