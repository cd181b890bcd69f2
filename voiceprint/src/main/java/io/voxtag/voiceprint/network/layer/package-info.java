/**
 * What speaker networks are made of: convolutions, normalisation and linear maps with the names of
 * a PyTorch state dict, and a network's general form for inference. No network of its own.
 */
@NullMarked
package io.voxtag.voiceprint.network.layer;

import org.jspecify.annotations.NullMarked;
