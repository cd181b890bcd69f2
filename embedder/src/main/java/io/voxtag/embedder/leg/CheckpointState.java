package io.voxtag.embedder.leg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a checkpoint says beyond its offset. As text: a format version, then Base64 of varints; some
 * 20 characters a leg. Most legs are not in it, as their records say it all.
 */
record CheckpointState(
    int windowSamples,
    int hopSamples,
    long streamTime,
    List<LegState> legs,
    List<ClosedLeg> closed) {

  private static final String VERSION = "v1:";

  CheckpointState(
      LegSettings settings, long streamTime, List<LegState> legs, List<ClosedLeg> closed) {
    this(settings.windowSamples(), settings.hopSamples(), streamTime, legs, closed);
  }

  boolean isFor(LegSettings settings) {
    return windowSamples == settings.windowSamples() && hopSamples == settings.hopSamples();
  }

  /**
   * As text of at most {@code most} characters. Where that is too short for everything, closed legs
   * that only guard against late repeats are left out, oldest first; empty where that does not
   * help.
   */
  Optional<String> encode(long offset, int most) {
    List<ClosedLeg> kept = new ArrayList<>(closed);
    String text = write(offset, kept);
    for (int i = 0; text.length() > most && i < kept.size(); ) {
      int surplus = Math.max(1, (text.length() - most) / Varints.MAX_CLOSED_CHARS);
      for (; surplus > 0 && i < kept.size(); surplus--) {
        if (kept.get(i).isNeededFrom(offset)) {
          i++;
        } else {
          kept.remove(i);
        }
      }
      text = write(offset, kept);
    }
    return text.length() <= most ? Optional.of(text) : Optional.empty();
  }

  private String write(long offset, List<ClosedLeg> kept) {
    Varints.Writer out = new Varints.Writer();
    out.put(windowSamples).put(hopSamples).put(streamTime + 1).put(offset);
    out.put(legs.size());
    for (LegState leg : legs) {
      out.putFixed(leg.fingerprint());
      out.put(leg.offset() - offset).put(leg.next()).put(leg.window());
    }
    out.put(kept.size());
    for (ClosedLeg leg : kept) {
      out.putFixed(leg.fingerprint());
      out.put(leg.end()).putSigned(streamTime - leg.closedAt());
      out.putSigned(leg.lastOffset() - offset);
    }
    return VERSION + out.toBase64();
  }

  static CheckpointState decode(String text) throws CheckpointFormatException {
    if (!text.startsWith(VERSION)) {
      throw new CheckpointFormatException(text, "must begin with " + VERSION);
    }
    try {
      Varints.Reader in = new Varints.Reader(text.substring(VERSION.length()));
      int window = Math.toIntExact(in.get());
      int hop = Math.toIntExact(in.get());
      long time = in.get() - 1;
      long offset = in.get();
      List<LegState> legs = new ArrayList<>();
      for (long left = in.get(); left > 0; left--) {
        legs.add(new LegState(in.getFixed(), in.get() + offset, in.get(), in.get()));
      }
      List<ClosedLeg> closed = new ArrayList<>();
      for (long left = in.get(); left > 0; left--) {
        long fingerprint = in.getFixed();
        long end = in.get();
        long closedAt = time - in.getSigned();
        long last = in.getSigned() + offset;
        closed.add(new ClosedLeg(fingerprint, end, closedAt, last, -1));
      }
      return new CheckpointState(window, hop, time, legs, closed);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointFormatException(text, String.valueOf(e.getMessage()));
    }
  }
}
