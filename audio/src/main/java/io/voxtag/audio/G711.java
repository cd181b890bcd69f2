package io.voxtag.audio;

import java.nio.ByteBuffer;

/**
 * The two companding laws of telephony, ITU-T G.711, bit-exact with the ITU-T G.191 reference. One
 * byte is one sample. Decoded 16-bit samples become floats by division by 32768. Thread-safe.
 */
public enum G711 {
  /** mu-law: North America, Japan, Twilio. */
  MU_LAW {
    @Override
    short expand(int code) {
      int inverted = ~code & 0xff;
      int magnitude = (((inverted & 0x0f) << 1 | 0x21) << (inverted >> 4 & 7)) - 0x21;
      return (short) ((inverted & 0x80) != 0 ? -magnitude << 2 : magnitude << 2);
    }

    @Override
    int compress(int sample) {
      int magnitude = Math.min(((sample < 0 ? ~sample : sample) >> 2) + 0x21, 0x1fff);
      int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
      int code = segment << 4 | (magnitude >> (segment + 1) & 0x0f);
      return sample < 0 ? ~code & 0x7f : ~code & 0xff;
    }
  },
  /** A-law: everywhere else. */
  A_LAW {
    @Override
    short expand(int code) {
      int even = (code ^ 0x55) & 0xff;
      int segment = even >> 4 & 7;
      int mantissa = (even & 0x0f) << 4 | 0x08;
      int magnitude = segment == 0 ? mantissa : (mantissa | 0x100) << (segment - 1);
      return (short) ((even & 0x80) != 0 ? magnitude : -magnitude);
    }

    @Override
    int compress(int sample) {
      int magnitude = (sample < 0 ? ~sample : sample) >> 4;
      int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
      int mantissa = segment < 2 ? magnitude & 0x0f : magnitude >> (segment - 1) & 0x0f;
      int code = segment << 4 | mantissa;
      return (sample < 0 ? code : code | 0x80) ^ 0x55;
    }
  };

  private final short[] expanded = new short[256];
  private final float[] scaled = new float[256];
  private final byte[] compressed = new byte[1 << 16];

  G711() {
    for (int code = 0; code < 256; code++) {
      expanded[code] = expand(code);
      scaled[code] = expanded[code] / 32768f;
    }
    for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
      compressed[sample & 0xffff] = (byte) compress(sample);
    }
  }

  abstract short expand(int code);

  abstract int compress(int sample);

  /** One code as a 16-bit sample. */
  public short decode(byte code) {
    return expanded[code & 0xff];
  }

  /** One 16-bit sample as a code. */
  public byte encode(short sample) {
    return compressed[sample & 0xffff];
  }

  public float[] decode(byte[] codes) {
    return decode(ByteBuffer.wrap(codes));
  }

  /** Decodes what remains in {@code codes} without moving its position. */
  public float[] decode(ByteBuffer codes) {
    float[] samples = new float[codes.remaining()];
    for (int i = 0, from = codes.position(); i < samples.length; i++) {
      samples[i] = scaled[codes.get(from + i) & 0xff];
    }
    return samples;
  }

  /** Encodes floats of full scale -1 to 1; what exceeds it is clipped. */
  public byte[] encode(float[] samples) {
    byte[] codes = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      codes[i] = encode(Pcm16.quantise(samples[i]));
    }
    return codes;
  }
}
