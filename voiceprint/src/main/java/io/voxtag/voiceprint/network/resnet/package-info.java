/**
 * Residual networks over bins and frames: ResNet, Res2Net and ResNet with squeeze and excitation.
 */
@NullMarked
package io.voxtag.voiceprint.network.resnet;

import org.jspecify.annotations.NullMarked;
