package io.voxtag.voiceprint.importing.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the elements of storages are. */
interface Storages {
  /**
   * The elements of a storage, little-endian.
   *
   * @throws CheckpointException if there is no such storage or it has another size
   */
  ByteBuffer content(StorageRef storage) throws IOException;
}
