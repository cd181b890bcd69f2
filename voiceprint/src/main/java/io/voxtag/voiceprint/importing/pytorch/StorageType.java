package io.voxtag.voiceprint.importing.pytorch;

import io.voxtag.voiceprint.bundle.DType;
import java.util.Arrays;
import java.util.Optional;

/** The classes of storages that a pickle may name, in {@code torch} or {@code torch.cuda}. */
enum StorageType {
  DOUBLE("DoubleStorage", DType.F64),
  FLOAT("FloatStorage", DType.F32),
  HALF("HalfStorage", DType.F16),
  BFLOAT16("BFloat16Storage", DType.BF16),
  LONG("LongStorage", DType.I64),
  INT("IntStorage", DType.I32),
  SHORT("ShortStorage", DType.I16),
  CHAR("CharStorage", DType.I8),
  BYTE("ByteStorage", DType.U8),
  BOOL("BoolStorage", DType.BOOL);

  private final String className;
  private final DType dtype;

  StorageType(String className, DType dtype) {
    this.className = className;
    this.dtype = dtype;
  }

  DType dtype() {
    return dtype;
  }

  /** The class of a full name such as {@code torch.FloatStorage}. */
  static Optional<StorageType> of(String name) {
    return Arrays.stream(values())
        .filter(
            type ->
                name.equals("torch." + type.className)
                    || name.equals("torch.cuda." + type.className))
        .findFirst();
  }
}
