/** TDNN, the network of x-vectors. */
@NullMarked
package io.voxtag.voiceprint.network.tdnn;

import org.jspecify.annotations.NullMarked;
