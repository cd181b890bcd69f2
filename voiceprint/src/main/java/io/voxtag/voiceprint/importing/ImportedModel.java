package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.ModelBundle;
import java.util.List;

/**
 * What came of an import.
 *
 * @param bundle that was written
 * @param unused names of the checkpoint's tensors that are no part of the network, such as its
 *     classifier
 */
public record ImportedModel(ModelBundle bundle, List<String> unused) {
  public ImportedModel {
    unused = List.copyOf(unused);
  }
}
