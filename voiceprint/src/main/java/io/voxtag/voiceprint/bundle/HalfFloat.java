package io.voxtag.voiceprint.bundle;

/** IEEE 754 binary16, which Java has conversions for only from version 20 on. */
final class HalfFloat {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;

  /** The bits of 2^-14, the smallest normal half, as a float. */
  private static final int SMALLEST_NORMAL = 0x38800000;

  /** The bits of 2^16 as a float: from here on nothing can round down to a finite half. */
  private static final int TOO_LARGE = 0x47800000;

  private static final int EXPONENT_OFFSET = 0x38000000;
  private static final int DROPPED_BITS = 13;

  private HalfFloat() {}

  static float toFloat(short half) {
    int exponent = half >>> 10 & 0x1f;
    int mantissa = half & 0x3ff;
    int sign = (half & SIGN) << 16;
    if (exponent == 0) {
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(mantissa * 0x1p-24f));
    }
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | mantissa << DROPPED_BITS);
    }
    return Float.intBitsToFloat(sign | (half & 0x7fff) << DROPPED_BITS) * 0x1p112f;
  }

  /** Rounds to nearest, ties to even; what is too large becomes infinite. */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & SIGN;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | INFINITY | 0x200);
    }
    if (magnitude >= TOO_LARGE) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24));
    }
    int toEven = magnitude >>> DROPPED_BITS & 1;
    return (short) (sign | (magnitude - EXPONENT_OFFSET + 0xfff + toEven) >>> DROPPED_BITS);
  }
}
