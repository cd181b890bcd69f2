package io.voxtag.audio.ogg;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;
import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.io.SampleBuffer;
import io.voxtag.audio.opus.PacketDecoder;
import java.io.ByteArrayOutputStream;

/**
 * One logical Opus stream of an Ogg file: joins packets over pages, decodes them, drops the
 * pre-skip and trims the end by the granule position (RFC 7845 section 4).
 */
final class OpusLink {

  private static final int CLOCK = 48_000;
  private static final long MAX_START = 1L << 50;

  private final byte[] file;
  private final SampleBuffer out;
  private final int serial;
  private final PacketDecoder decoder;
  private final int ratio;
  private final int preSkip;
  private final long firstFrame;
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private boolean inPacket;
  private int toSkip;
  private boolean tagsSeen;
  private boolean ended;
  private int nextSequence;

  /** Samples decoded so far and granule position before the first of them, both at 48 kHz. */
  private long decoded;

  private long startGranule = -1;

  OpusLink(byte[] file, OggPage firstPage, OpusHead head, SampleBuffer out)
      throws BadAudioException {
    this.file = file;
    this.out = out;
    this.serial = firstPage.serial();
    this.nextSequence = firstPage.sequence() + 1;
    int rate = out.sampleRate() == 0 ? head.decodingRate() : out.sampleRate();
    out.begin(head.channels(), rate);
    this.ratio = CLOCK / rate;
    this.preSkip = head.preSkip();
    this.toSkip = (preSkip + ratio / 2) / ratio;
    this.firstFrame = out.frames();
    this.decoder = new PacketDecoder(rate, head.channels());
    decoder.gain(head.gain());
  }

  int serial() {
    return serial;
  }

  boolean ended() {
    return ended;
  }

  void page(OggPage page) throws BadAudioException {
    if (page.sequence() != nextSequence || page.continued() != inPacket) {
      throw new DamagedAudioException(
          "corrupt: Ogg page %d where page %d was expected"
              .formatted(page.sequence(), nextSequence));
    }
    nextSequence++;
    int at = page.body();
    for (byte lace : page.lacing()) {
      int length = lace & 0xff;
      partial.write(file, at, length);
      at += length;
      inPacket = length == 255;
      if (!inPacket) {
        packet(partial.toByteArray());
        partial.reset();
      }
    }
    if (startGranule < 0 && decoded > 0 && page.granule() >= 0) {
      startGranule = Math.min(MAX_START, Math.max(0, page.granule() - decoded));
    }
    if (page.last()) {
      end(page.granule());
    }
  }

  private void packet(byte[] packet) throws BadAudioException {
    if (!tagsSeen) {
      if (!ByteInput.matches(packet, 0, "OpusTags")) {
        throw new BadAudioException("Opus in Ogg without its comment header");
      }
      tagsSeen = true;
      return;
    }
    int frames = decoder.decode(packet, 0, packet.length);
    decoded += (long) frames * ratio;
    int dropped = Math.min(toSkip, frames);
    toSkip -= dropped;
    out.append(decoder.samples(), dropped, frames - dropped);
  }

  private void end(long granule) throws DamagedAudioException {
    ended = true;
    if (inPacket) {
      throw new DamagedAudioException("truncated: the last Opus packet has no end");
    }
    if (granule >= 0 && startGranule >= 0) {
      long length = Math.max(0, granule - startGranule - preSkip);
      out.truncate(firstFrame + (length + ratio - 1) / ratio);
    }
  }
}
