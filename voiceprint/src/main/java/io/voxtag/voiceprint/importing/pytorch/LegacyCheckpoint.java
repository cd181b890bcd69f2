package io.voxtag.voiceprint.importing.pytorch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format before PyTorch 1.6: pickles of a magic number, a version, notes on the machine, the
 * value and the keys of its storages, then each storage as its number of elements (eight bytes) and
 * these, always little-endian.
 */
final class LegacyCheckpoint implements Storages {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Long VERSION = 1001L;

  private final String source;
  private final Object value;
  private final Map<String, ByteBuffer> storages = new HashMap<>();

  LegacyCheckpoint(ByteBuffer file, String source) throws CheckpointException {
    this.source = source;
    PickleInput in = new PickleInput(file, source);
    PickleCalls calls = new PickleCalls(source);
    if (!MAGIC.equals(load(in, calls))) {
      throw refuse("is a Python pickle but does not begin as a PyTorch checkpoint does");
    }
    if (!VERSION.equals(load(in, calls))) {
      throw refuse("is not of version " + VERSION + " of PyTorch's old format");
    }
    load(in, calls);
    value = load(in, calls);
    if (!(load(in, calls) instanceof List<?> keys)) {
      throw refuse("has no list of its storages");
    }
    for (Object key : keys) {
      StorageRef storage = calls.storages().get(key instanceof String text ? text : "");
      if (storage == null) {
        throw refuse("has a storage that no tensor uses, so that its size is not known");
      }
      long elements = in.i8();
      if (elements != storage.elements()) {
        throw refuse(
            "storage '%s' has %d elements where its tensors say %d"
                .formatted(storage.key(), elements, storage.elements()));
      }
      storages.put(storage.key(), in.bytes((int) storage.bytes()));
    }
  }

  Object value() {
    return value;
  }

  @Override
  public ByteBuffer content(StorageRef storage) throws IOException {
    ByteBuffer content = storages.get(storage.key());
    if (content == null) {
      throw refuse("has no storage '" + storage.key() + "'");
    }
    return content;
  }

  private Object load(PickleInput in, PickleCalls calls) throws CheckpointException {
    return new Unpickler(in, calls, source).load();
  }

  private CheckpointException refuse(String detail) {
    return new CheckpointException(source, detail);
  }
}
