/** ERes2Net and its second version, whose blocks and stages are fused by attention. */
@NullMarked
package io.voxtag.voiceprint.network.eres2net;

import org.jspecify.annotations.NullMarked;
