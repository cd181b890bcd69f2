package io.voxtag.audio.flac;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Writes 16-bit native FLAC (RFC 9639): blocks of 4096, fixed or order-8 linear prediction. */
public final class FlacEncoder {

  private static final int BLOCK = 4096;
  private static final int BITS = 16;
  private static final int LPC_ORDER = 8;

  private final int[][] samples;
  private final int sampleRate;
  private final BitWriter out = new BitWriter();

  private FlacEncoder(int[][] samples, int sampleRate) {
    this.samples = samples;
    this.sampleRate = sampleRate;
  }

  /**
   * @param samples 16-bit values, [channels, frames], 1 to 8 channels of equal length
   * @param sampleRate Hz, below 2^20
   * @return the file
   */
  public static byte[] encode(int[][] samples, int sampleRate) {
    return new FlacEncoder(samples, sampleRate).encode();
  }

  private byte[] encode() {
    int frames = samples[0].length;
    for (byte letter : "fLaC".getBytes(StandardCharsets.US_ASCII)) {
      out.put(letter, 8);
    }
    out.put(0x80, 8);
    out.put(StreamInfo.LENGTH, 24);
    out.put(BLOCK, 16);
    out.put(BLOCK, 16);
    out.put(0, 48);
    out.put(sampleRate, 20);
    out.put(samples.length - 1, 3);
    out.put(BITS - 1, 5);
    out.put(frames, 36);
    for (byte part : digest()) {
      out.put(part, 8);
    }
    for (int from = 0, number = 0; from < frames; from += BLOCK, number++) {
      frame(number, from, Math.min(BLOCK, frames - from));
    }
    return out.toByteArray();
  }

  private void frame(int number, int from, int size) {
    int start = out.length();
    out.put(0xfff8, 16);
    out.put(size == BLOCK ? 12 : 7, 4);
    out.put(0, 4);
    out.put(samples.length - 1, 4);
    out.put(0b1000, 4);
    number(number);
    if (size != BLOCK) {
      out.put(size - 1, 16);
    }
    out.put(Crc.crc8(out.array(), start, out.length()), 8);
    int[] block = new int[size];
    for (int[] channel : samples) {
      System.arraycopy(channel, from, block, 0, size);
      subframe(block, size);
    }
    out.alignToByte();
    out.put(Crc.crc16(out.array(), start, out.length()), 16);
  }

  /** Frame numbers in the manner of UTF-8; 2^21 frames of 4096 are 12 hours at 192 kHz. */
  private void number(int number) {
    if (number < 0x80) {
      out.put(number, 8);
    } else if (number < 0x800) {
      out.put(0xc0 | number >> 6, 8);
      out.put(0x80 | number & 0x3f, 8);
    } else if (number < 0x10000) {
      out.put(0xe0 | number >> 12, 8);
      out.put(0x80 | number >> 6 & 0x3f, 8);
      out.put(0x80 | number & 0x3f, 8);
    } else {
      out.put(0xf0 | number >> 18, 8);
      out.put(0x80 | number >> 12 & 0x3f, 8);
      out.put(0x80 | number >> 6 & 0x3f, 8);
      out.put(0x80 | number & 0x3f, 8);
    }
  }

  private void subframe(int[] x, int size) {
    if (isConstant(x)) {
      out.put(0, 8);
      out.put(x[0], BITS);
      return;
    }
    SubframePlan best = SubframePlan.verbatim(size);
    for (int order = 0; order < Subframe.FIXED.length && order < size; order++) {
      best = best.orBetter(SubframePlan.fixed(x, size, order));
    }
    LinearPrediction prediction =
        size > 4 * LPC_ORDER ? LinearPrediction.of(x, size, LPC_ORDER) : null;
    if (prediction != null) {
      best = best.orBetter(SubframePlan.linear(x, size, prediction));
    }
    best.write(out, x, size);
  }

  private static boolean isConstant(int[] x) {
    for (int value : x) {
      if (value != x[0]) {
        return false;
      }
    }
    return true;
  }

  private byte[] digest() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      ByteBuffer frame = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < samples[0].length; i++) {
        frame.clear();
        for (int[] channel : samples) {
          frame.putShort((short) channel[i]);
        }
        md5.update(frame.array());
      }
      return md5.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5", e);
    }
  }
}
