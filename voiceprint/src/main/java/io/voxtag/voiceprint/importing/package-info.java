/**
 * Turns weights that other projects publish into model bundles: finds out which network a
 * checkpoint is of, gives its tensors the names and the order that the networks here have, and
 * states the features that the network was trained on. The door is {@link
 * io.voxtag.voiceprint.importing.ModelImport}. How checkpoint files are read is told in the package
 * below.
 */
@NullMarked
package io.voxtag.voiceprint.importing;

import org.jspecify.annotations.NullMarked;
