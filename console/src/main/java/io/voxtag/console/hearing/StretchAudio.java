package io.voxtag.console.hearing;

import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.G711;
import io.voxtag.audio.OpusDecoder;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Pcm16;
import io.voxtag.schemas.event.AudioChunk;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts a stretch of a leg together from its chunks, which come in the order of the leg. Where one
 * is missing or damaged there is silence. Not thread-safe.
 */
final class StretchAudio {

  private static final Logger LOG = Logger.getLogger(StretchAudio.class);
  private static final int MIN_RATE = 4000;
  private static final int MAX_RATE = 192_000;

  private final Wanted wanted;
  private int rate;
  private float[] samples = new float[0];
  private boolean heard;
  private boolean complete;
  private @Nullable OpusDecoder opus;
  private long opusNext = -1;

  StretchAudio(Wanted wanted) {
    this.wanted = wanted;
  }

  /** Takes a chunk, of whatever leg. */
  void add(AudioChunk chunk) {
    if (!isOurs(chunk)) {
      return;
    }
    if (rate == 0) {
      rate = chunk.getSampleRate();
      samples = new float[Math.toIntExact((wanted.toMs() - wanted.fromMs()) * rate / 1000)];
    }
    if (chunk.getSampleRate() != rate) {
      return;
    }
    long first = wanted.fromMs() * rate / 1000;
    if (chunk.getStartSample() >= first + samples.length) {
      complete = true;
      return;
    }
    if (chunk.getPayload().hasRemaining() && reaches(chunk, first)) {
      place(decode(chunk), chunk.getStartSample() - first);
    }
    complete |= chunk.getLast();
  }

  private boolean isOurs(AudioChunk chunk) {
    return chunk.getCallId().equals(wanted.leg().callId())
        && chunk.getChannel() == wanted.leg().channel()
        && chunk.getStreamId().equals(wanted.leg().streamId())
        && chunk.getSampleRate() >= MIN_RATE
        && chunk.getSampleRate() <= MAX_RATE;
  }

  // Opus hears half a second before, until its decoder has found into the sound.
  private boolean reaches(AudioChunk chunk, long first) {
    int bytes = chunk.getPayload().remaining();
    return switch (chunk.getEncoding()) {
      case MULAW, ALAW -> chunk.getStartSample() + bytes > first;
      case PCM_S16LE -> chunk.getStartSample() + bytes / 2 > first;
      case OPUS -> chunk.getStartSample() + rate / 2 > first;
    };
  }

  private float[] decode(AudioChunk chunk) {
    ByteBuffer payload = chunk.getPayload();
    try {
      return switch (chunk.getEncoding()) {
        case MULAW -> G711.MU_LAW.decode(payload);
        case ALAW -> G711.A_LAW.decode(payload);
        case PCM_S16LE -> Pcm16.decode(payload);
        case OPUS -> decodeOpus(chunk);
      };
    } catch (AudioFormatException | IllegalArgumentException e) {
      LOG.debugf(e, "chunk of %s cannot be heard sequence=%d", wanted.leg(), chunk.getSequence());
      return new float[0];
    }
  }

  private float[] decodeOpus(AudioChunk chunk) throws AudioFormatException {
    if (opus == null || chunk.getStartSample() != opusNext) {
      opus = new OpusDecoder(rate);
    }
    float[] decoded = opus.decode(chunk.getPayload());
    opusNext = chunk.getStartSample() + decoded.length;
    return decoded;
  }

  private void place(float[] decoded, long at) {
    int from = (int) Math.max(0, -at);
    int to = (int) Math.min(decoded.length, samples.length - at);
    if (from < to) {
      System.arraycopy(decoded, from, samples, (int) (at + from), to - from);
      heard = true;
      complete |= at + to >= samples.length;
    }
  }

  /** Whether nothing more is to be expected. */
  boolean isComplete() {
    return complete;
  }

  /** The audio; empty where none of it came. */
  Optional<Pcm> pcm() {
    return heard ? Optional.of(new Pcm(samples, rate)) : Optional.empty();
  }
}
