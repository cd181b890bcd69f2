/**
 * Reads the tensors of PyTorch checkpoint files without running anything that they hold. A
 * checkpoint is a pickle, which is a program; of its language only what tensors and plain
 * containers need is understood here, and everything else is refused by its name. What the tensors
 * mean is no matter of this package; its door is {@link
 * io.voxtag.voiceprint.importing.pytorch.PyTorchCheckpoint}.
 */
@NullMarked
package io.voxtag.voiceprint.importing.pytorch;

import org.jspecify.annotations.NullMarked;
