package io.voxtag.voiceprint.importing.pytorch;

import io.voxtag.voiceprint.bundle.DType;

/**
 * Elements that a checkpoint has outside of its pickle.
 *
 * @param key its name in the file
 * @param elements their number
 */
record StorageRef(String key, DType dtype, long elements) {
  /** The size in bytes; elements are few enough that it fits. */
  long bytes() {
    return elements * dtype.bytes();
  }
}
