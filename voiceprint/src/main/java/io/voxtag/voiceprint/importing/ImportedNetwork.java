package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.TensorData;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A network as far as its weights tell of it.
 *
 * @param bins of a frame of its input, where weights tell
 * @param arguments of the architecture, where weights tell
 * @param tensors under the names of the architecture's state dict
 */
record ImportedNetwork(OptionalInt bins, Map<String, Object> arguments, List<TensorData> tensors) {

  ImportedNetwork(int bins, Map<String, Object> arguments, List<TensorData> tensors) {
    this(OptionalInt.of(bins), arguments, tensors);
  }
}
