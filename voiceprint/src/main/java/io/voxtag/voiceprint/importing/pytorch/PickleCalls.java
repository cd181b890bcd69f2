package io.voxtag.voiceprint.importing.pytorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the few functions give that a pickle may call, with every argument checked. */
final class PickleCalls {
  private static final int MAX_DIMENSIONS = 8;

  /** The largest storage or tensor: what a buffer can hold with room to spare. */
  static final long MAX_BYTES = 1L << 30;

  private final String source;
  private final Map<String, StorageRef> storages = new LinkedHashMap<>();

  PickleCalls(String source) {
    this.source = source;
  }

  /** The storages that were named, by key. */
  Map<String, StorageRef> storages() {
    return storages;
  }

  Object call(PickleFunction function, Tuple arguments) throws CheckpointException {
    return switch (function) {
      case ORDERED_DICT -> dictionary(arguments);
      case SIZE -> size(arguments);
      case TENSOR -> tensor(function, arguments, 4);
      case TENSOR_V2 -> tensor(function, arguments, 6);
      case PARAMETER -> parameter(arguments);
    };
  }

  /** The storage of a persistent id: {@code ('storage', class, key, device, elements)}. */
  StorageRef storage(Object id) throws CheckpointException {
    if (!(id instanceof Tuple tuple)
        || tuple.size() < 5
        || !"storage".equals(tuple.get(0))
        || !(tuple.get(1) instanceof StorageType type)
        || !(tuple.get(2) instanceof String key)
        || !(tuple.get(4) instanceof Long elements)) {
      throw refuse("refers to something that is not a typed storage");
    }
    if (tuple.size() > 5 && tuple.get(5) != PickleConstant.NONE) {
      throw refuse("storage '" + key + "' is a view of another, which is not read");
    }
    if (elements < 0 || elements > MAX_BYTES / type.dtype().bytes()) {
      throw refuse(
          "storage '%s' has %d elements of %s; at most %d bytes are read"
              .formatted(key, elements, type.dtype(), MAX_BYTES));
    }
    StorageRef storage = new StorageRef(key, type.dtype(), elements);
    StorageRef before = storages.putIfAbsent(key, storage);
    if (before != null && !before.equals(storage)) {
      throw refuse(
          "storage '%s' is %d elements of %s here and %d of %s there"
              .formatted(key, before.elements(), before.dtype(), elements, type.dtype()));
    }
    return storage;
  }

  private Object dictionary(Tuple arguments) throws CheckpointException {
    if (arguments.size() != 0) {
      throw refuse("makes an OrderedDict of arguments; only an empty one is filled");
    }
    return new LinkedHashMap<Object, Object>();
  }

  private Object size(Tuple arguments) throws CheckpointException {
    if (arguments.size() == 1 && arguments.get(0) instanceof Tuple dimensions) {
      return dimensions;
    }
    throw refuse("makes a torch.Size of something that is not one tuple");
  }

  private Object parameter(Tuple arguments) throws CheckpointException {
    if (arguments.size() == 3 && arguments.get(0) instanceof TensorRef tensor) {
      return tensor;
    }
    throw refuse("makes a parameter of something that is not a tensor");
  }

  private TensorRef tensor(PickleFunction function, Tuple arguments, int least)
      throws CheckpointException {
    if (arguments.size() < least
        || arguments.size() > 7
        || !(arguments.get(0) instanceof StorageRef storage)
        || !(arguments.get(1) instanceof Long offset)
        || !(arguments.get(2) instanceof Tuple shape)
        || !(arguments.get(3) instanceof Tuple stride)) {
      throw refuse("calls " + function + " with other arguments than a storage and its layout");
    }
    TensorRef tensor = new TensorRef(storage, offset, longs(shape), longs(stride));
    requireInside(tensor);
    return tensor;
  }

  private void requireInside(TensorRef tensor) throws CheckpointException {
    long[] shape = tensor.shape();
    long[] stride = tensor.stride();
    String what =
        "a tensor of shape %s, strides %s and offset %d"
            .formatted(
                java.util.Arrays.toString(shape),
                java.util.Arrays.toString(stride),
                tensor.offset());
    StorageRef storage = tensor.storage();
    if (shape.length != stride.length || tensor.offset() < 0) {
      throw refuse("has " + what + ", which cannot be");
    }
    try {
      long elements = 1;
      long last = tensor.offset();
      for (int axis = 0; axis < shape.length; axis++) {
        if (shape[axis] < 0 || stride[axis] < 0) {
          throw refuse("has " + what + "; none may be negative");
        }
        elements = Math.multiplyExact(elements, shape[axis]);
        long steps = Math.max(0, shape[axis] - 1);
        last = Math.addExact(last, Math.multiplyExact(steps, stride[axis]));
      }
      long end = elements == 0 ? tensor.offset() : last + 1;
      if (end > storage.elements()) {
        throw refuse(
            "has %s in storage '%s' of only %d elements"
                .formatted(what, storage.key(), storage.elements()));
      }
      // A stride of 0 makes much of little.
      if (elements > MAX_BYTES / storage.dtype().bytes()) {
        throw refuse("has " + what + ", larger than " + MAX_BYTES + " bytes");
      }
    } catch (ArithmeticException e) {
      throw new CheckpointException(source, "has " + what + ", beyond any memory", e);
    }
  }

  private long[] longs(Tuple tuple) throws CheckpointException {
    List<Object> elements = tuple.elements();
    if (elements.size() > MAX_DIMENSIONS) {
      throw refuse(
          "has a tensor of %d dimensions, at most %d".formatted(elements.size(), MAX_DIMENSIONS));
    }
    long[] values = new long[elements.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(elements.get(i) instanceof Long value)) {
        throw refuse("has a tensor whose layout is not of whole numbers");
      }
      values[i] = value;
    }
    return values;
  }

  private CheckpointException refuse(String detail) {
    return new CheckpointException(source, detail);
  }
}
