package io.voxtag.audio.ogg;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;
import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.io.SampleBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads Opus in Ogg, mono or stereo. Chained streams (one after the other) are joined; streams of
 * other kinds that are multiplexed with it are passed over; two Opus streams at once are refused.
 */
public final class OggOpusDecoder {

  private OggOpusDecoder() {}

  public static boolean matches(byte[] file) {
    return ByteInput.matches(file, 0, "OggS");
  }

  public static void decode(byte[] file, SampleBuffer out) throws BadAudioException {
    ByteInput in = new ByteInput(file);
    OpusLink link = null;
    while (in.remaining() > 0) {
      OggPage page = OggPage.read(file, in);
      if (page.first() && isOpus(file, page)) {
        link = begin(file, page, link, out);
      } else if (link != null && page.serial() == link.serial() && !link.ended()) {
        link.page(page);
      } else if (link == null && !page.first()) {
        throw new BadAudioException("Ogg without Opus: only Opus is read from Ogg files");
      }
    }
    if (link == null) {
      throw new BadAudioException("Ogg without Opus: only Opus is read from Ogg files");
    }
    if (!link.ended()) {
      throw new DamagedAudioException("truncated: no last Ogg page of the Opus stream");
    }
  }

  private static OpusLink begin(
      byte[] file, OggPage page, @Nullable OpusLink before, SampleBuffer out)
      throws BadAudioException {
    if (before != null && !before.ended()) {
      throw new BadAudioException("two Opus streams at once in the Ogg file, must be one");
    }
    OpusHead head = OpusHead.read(Arrays.copyOfRange(file, page.body(), page.end()));
    return new OpusLink(file, page, head, out);
  }

  private static boolean isOpus(byte[] file, OggPage page) {
    return page.end() - page.body() >= OpusHead.MAGIC.length()
        && ByteInput.matches(file, page.body(), OpusHead.MAGIC);
  }
}
