/**
 * Speaker-embedding networks as DJL blocks with the parameter names of a PyTorch state dict. The
 * door is {@link io.voxtag.voiceprint.network.Architecture}, with {@link
 * io.voxtag.voiceprint.network.InferencePlan} for networks whose training is over. The packages
 * below hold the networks and their layers, which nothing else uses.
 */
@NullMarked
package io.voxtag.voiceprint.network;

import org.jspecify.annotations.NullMarked;
