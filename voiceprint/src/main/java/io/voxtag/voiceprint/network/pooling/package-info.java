/** How the frames of a window become one vector, in training and on rows. */
@NullMarked
package io.voxtag.voiceprint.network.pooling;

import org.jspecify.annotations.NullMarked;
