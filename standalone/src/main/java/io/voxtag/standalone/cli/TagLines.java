package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes tags for people: a line where something changes on a leg, or for every window. Not
 * thread-safe.
 */
final class TagLines {

  private final boolean everyWindow;
  private final Map<Leg, Statement> last = new HashMap<>();

  TagLines(boolean everyWindow) {
    this.everyWindow = everyWindow;
  }

  private record Leg(String call, int channel) {}

  private record Statement(
      String streamId, TagState state, TagStage stage, @Nullable String speaker) {}

  /** The line for a tag; empty where it says the same as the one before it on its leg. */
  Optional<String> of(SpeakerTag tag) {
    Leg leg = new Leg(tag.getCallId(), tag.getChannel());
    Statement said =
        new Statement(tag.getStreamId(), tag.getState(), tag.getStage(), tag.getSpeakerId());
    boolean repeated = said.equals(last.put(leg, said));
    if (tag.getLast()) {
      last.remove(leg);
    }
    return repeated && !everyWindow ? Optional.empty() : Optional.of(format(tag));
  }

  private static String format(SpeakerTag tag) {
    return String.format(
        Locale.ROOT,
        "@|faint %s|@ %-16s leg %d  %s %-13s%s",
        clock(tag.getEndMs()),
        tag.getCallId(),
        tag.getChannel(),
        who(tag),
        tag.getStage().name().toLowerCase(Locale.ROOT),
        details(tag));
  }

  private static String who(SpeakerTag tag) {
    return switch (tag.getState()) {
      case IDENTIFIED -> padded("bold,green", name(tag));
      case UNKNOWN -> padded("bold,yellow", name(tag));
      case OVERLAP -> padded("magenta", "several voices");
      case INSUFFICIENT_SPEECH -> padded("faint", "(no speech)");
    };
  }

  private static String name(SpeakerTag tag) {
    return Objects.requireNonNullElse(tag.getSpeakerId(), "unknown");
  }

  private static String padded(String style, String text) {
    return "@|" + style + " " + String.format(Locale.ROOT, "%-16s", text) + "|@";
  }

  private static String details(SpeakerTag tag) {
    if (tag.getState() == TagState.INSUFFICIENT_SPEECH) {
      return "";
    }
    StringBuilder details = new StringBuilder(" since ").append(clock(tag.getSinceMs()));
    if (tag.getPosterior() != null) {
      details.append(String.format(Locale.ROOT, "  %3.0f %% sure", 100 * tag.getPosterior()));
    }
    if (tag.getScore() != null) {
      details.append(String.format(Locale.ROOT, "  score %5.2f", tag.getScore()));
    }
    return details.append(String.format(Locale.ROOT, "  %d ms", tag.getLatencyMs())).toString();
  }

  /** Minutes and seconds of a call. */
  private static String clock(long ms) {
    return String.format(Locale.ROOT, "%02d:%04.1f", ms / 60_000, ms % 60_000 / 1000.0);
  }
}
