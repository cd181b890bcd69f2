package io.voxtag.audio.flac;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;
import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.io.SampleBuffer;

/** Reads native FLAC files (RFC 9639) of 4 to 32 bits, with or without an ID3v2 tag in front. */
public final class FlacDecoder {

  private final byte[] file;
  private final BitReader in;
  private final StreamInfo info;
  private final SampleBuffer out;
  private long[][] samples = new long[0][];
  private float[][] scaled = new float[0][];

  private FlacDecoder(byte[] file, SampleBuffer out) throws BadAudioException {
    this.file = file;
    this.out = out;
    this.in = new BitReader(file, start(file) + 4);
    this.info = readMetadata(in);
    out.begin(info.channels(), info.sampleRate());
  }

  public static boolean matches(byte[] file) {
    return ByteInput.matches(file, start(file), "fLaC");
  }

  public static void decode(byte[] file, SampleBuffer out) throws BadAudioException {
    new FlacDecoder(file, out).decodeFrames();
  }

  private static int start(byte[] file) {
    if (!ByteInput.matches(file, 0, "ID3") || file.length < 10) {
      return 0;
    }
    int size = (file[6] & 0x7f) << 21 | (file[7] & 0x7f) << 14 | (file[8] & 0x7f) << 7;
    return 10 + (size | file[9] & 0x7f);
  }

  private static StreamInfo readMetadata(BitReader in) throws BadAudioException {
    StreamInfo info = null;
    boolean last = false;
    while (!last) {
      last = in.unsigned(1) == 1;
      int type = (int) in.unsigned(7);
      int length = (int) in.unsigned(24);
      if (length > in.remainingBytes()) {
        throw new BadAudioException("truncated in the FLAC metadata");
      }
      if (info == null) {
        if (type != 0 || length != StreamInfo.LENGTH) {
          throw new BadAudioException("FLAC does not begin with a STREAMINFO block");
        }
        info = StreamInfo.read(in);
      } else {
        in.skipBytes(length);
      }
    }
    return info;
  }

  private void decodeFrames() throws BadAudioException {
    while (hasNext()) {
      decodeFrame();
    }
    if (out.frames() < info.totalFrames()) {
      throw new DamagedAudioException(
          "truncated: %d of %d samples are there".formatted(out.frames(), info.totalFrames()));
    }
  }

  /** What follows the announced samples, such as an ID3v1 tag, is not audio. */
  private boolean hasNext() {
    return in.remainingBytes() > 0
        && (info.totalFrames() == 0 || out.frames() < info.totalFrames());
  }

  private void decodeFrame() throws BadAudioException {
    int start = in.bytePosition();
    FrameHeader header = FrameHeader.read(file, in, info);
    int channels = header.channels();
    int size = header.blockSize();
    if (channels != info.channels()
        || header.sampleRate() != info.sampleRate()
        || header.bitsPerSample() != info.bitsPerSample()) {
      throw new DamagedAudioException(
          "corrupt: the FLAC frame at byte %d has %d channels of %d bits at %d Hz, the file %d of %d at %d"
              .formatted(
                  start,
                  channels,
                  header.bitsPerSample(),
                  header.sampleRate(),
                  info.channels(),
                  info.bitsPerSample(),
                  info.sampleRate()));
    }
    if (samples.length == 0 || samples[0].length < size) {
      samples = new long[channels][size];
      scaled = new float[channels][size];
    }
    Subframe subframe = new Subframe(in);
    for (int c = 0; c < channels; c++) {
      subframe.decode(samples[c], size, header.bitsPerSample() + sideBit(header.assignment(), c));
    }
    in.alignToByte();
    int sum = Crc.crc16(file, start, in.bytePosition());
    if (in.unsigned(16) != sum) {
      throw new DamagedAudioException(
          "corrupt: checksum of the FLAC frame at byte %d".formatted(start));
    }
    undoStereo(header.assignment(), size);
    scale(start, size, header.bitsPerSample());
    out.append(scaled, 0, size);
  }

  private static int sideBit(int assignment, int channel) {
    return switch (assignment) {
      case FrameHeader.LEFT_SIDE, FrameHeader.MID_SIDE -> channel;
      case FrameHeader.SIDE_RIGHT -> 1 - channel;
      default -> 0;
    };
  }

  private void undoStereo(int assignment, int size) {
    if (assignment < FrameHeader.LEFT_SIDE) {
      return;
    }
    long[] left = samples[0];
    long[] right = samples[1];
    for (int i = 0; i < size; i++) {
      long a = left[i];
      long b = right[i];
      switch (assignment) {
        case FrameHeader.LEFT_SIDE -> right[i] = a - b;
        case FrameHeader.SIDE_RIGHT -> left[i] = a + b;
        default -> {
          long sum = a << 1 | b & 1;
          left[i] = (sum + b) >> 1;
          right[i] = (sum - b) >> 1;
        }
      }
    }
  }

  private void scale(int start, int size, int bits) throws DamagedAudioException {
    long full = 1L << (bits - 1);
    float scale = 1f / full;
    for (int c = 0; c < scaled.length; c++) {
      for (int i = 0; i < size; i++) {
        long sample = samples[c][i];
        if (sample < -full || sample >= full) {
          throw new DamagedAudioException(
              "corrupt: a sample beyond %d bits in the FLAC frame at byte %d"
                  .formatted(bits, start));
        }
        scaled[c][i] = sample * scale;
      }
    }
  }
}
