package io.voxtag.audio.wav;

import io.voxtag.audio.G711;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads one sample of a coding as a float of full scale -1 to 1. */
@FunctionalInterface
interface SampleReader {

  VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  VarHandle DOUBLE = MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  float read(byte[] bytes, int at);

  static SampleReader of(WavFormat format) {
    return switch (format.coding()) {
      case A_LAW -> (b, at) -> G711.A_LAW.decode(b[at]) / 0x1p15f;
      case MU_LAW -> (b, at) -> G711.MU_LAW.decode(b[at]) / 0x1p15f;
      case FLOAT ->
          format.sampleBytes() == 4
              ? (b, at) -> (float) FLOAT.get(b, at)
              : (b, at) -> (float) (double) DOUBLE.get(b, at);
      case PCM ->
          switch (format.sampleBytes()) {
            case 1 -> (b, at) -> ((b[at] & 0xff) - 128) / 0x1p7f;
            case 2 -> (b, at) -> (short) SHORT.get(b, at) / 0x1p15f;
            case 3 ->
                (b, at) -> ((b[at] & 0xff) | (b[at + 1] & 0xff) << 8 | b[at + 2] << 16) / 0x1p23f;
            default -> (b, at) -> (int) INT.get(b, at) / 0x1p31f;
          };
    };
  }
}
