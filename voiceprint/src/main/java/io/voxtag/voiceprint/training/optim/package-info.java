/**
 * Optimisers with the arithmetic of PyTorch's, and the scaling of losses for half precision. They
 * know parameters and gradients, not networks.
 */
@NullMarked
package io.voxtag.voiceprint.training.optim;

import org.jspecify.annotations.NullMarked;
