/**
 * Speaker-embedding networks as DJL blocks with the parameter names of a PyTorch state dict. The
 * door is {@link io.voxtag.voiceprint.network.Architecture}; layers are package-private.
 */
@NullMarked
package io.voxtag.voiceprint.network;

import org.jspecify.annotations.NullMarked;
