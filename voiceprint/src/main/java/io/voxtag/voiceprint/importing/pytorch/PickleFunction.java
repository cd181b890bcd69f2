package io.voxtag.voiceprint.importing.pytorch;

import java.util.Arrays;
import java.util.Optional;

/** The functions and classes that a pickle may call; each makes a value of this package. */
enum PickleFunction {
  ORDERED_DICT("collections.OrderedDict"),
  SIZE("torch.Size"),
  TENSOR("torch._utils._rebuild_tensor"),
  TENSOR_V2("torch._utils._rebuild_tensor_v2"),
  PARAMETER("torch._utils._rebuild_parameter");

  private final String fullName;

  PickleFunction(String fullName) {
    this.fullName = fullName;
  }

  static Optional<PickleFunction> of(String name) {
    return Arrays.stream(values()).filter(f -> f.fullName.equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return fullName;
  }
}
