package io.voxtag.standalone.demo;

import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts how many tags agree with the truth. A tag counts where one speaker clearly has its window
 * ({@link Truth#clearSpeaker}); it is right if it names that speaker, or says UNKNOWN of somebody
 * who is not enrolled. Not thread-safe.
 */
public final class Scoreboard {

  /** Name of the rows of silence, ringing and music. */
  static final String NOBODY = "-";

  private static final double MEDIAN = 0.50;

  private final Truth truth;
  private final Set<String> enrolled;
  private final Map<RowKey, Counts> rows = new TreeMap<>();
  private final List<Long> latenciesMs = new ArrayList<>();

  public Scoreboard(Truth truth, Set<String> enrolled) {
    this.truth = truth;
    this.enrolled = Set.copyOf(enrolled);
  }

  /** A leg and who speaks on it. */
  private record RowKey(String call, int channel, String speaker) implements Comparable<RowKey> {
    @Override
    public int compareTo(RowKey other) {
      int byCall = call.compareTo(other.call);
      int byChannel = byCall != 0 ? byCall : Integer.compare(channel, other.channel);
      return byChannel != 0 ? byChannel : speaker.compareTo(other.speaker);
    }
  }

  private static final class Counts {
    private int windows;
    private int correct;
    private long firstCorrectMs = -1;
    private final Map<String, Integer> wrong = new TreeMap<>();
  }

  /**
   * One line of the account.
   *
   * @param call the call
   * @param channel the leg
   * @param speaker who really speaks; {@value #NOBODY} where nobody does
   * @param windows windows that count
   * @param correct those that were tagged rightly
   * @param speechUntilRightMs what the speaker had said on the leg by the end of the first window
   *     with the right tag, milliseconds; -1 where there was none
   * @param wrong what was said instead, with how often
   */
  public record Row(
      String call,
      int channel,
      String speaker,
      int windows,
      int correct,
      long speechUntilRightMs,
      Map<String, Integer> wrong) {

    /** Whether the windows of this row are speech and so part of the accuracy. */
    public boolean isSpeech() {
      return !speaker.equals(NOBODY);
    }
  }

  /** Takes a tag into account. */
  public void add(SpeakerTag tag) {
    Optional<String> speaker =
        truth.clearSpeaker(tag.getCallId(), tag.getChannel(), tag.getStartMs(), tag.getEndMs());
    if (speaker.isPresent()) {
      latenciesMs.add((long) tag.getLatencyMs());
      count(tag, speaker.get(), isRight(tag, speaker.get()));
    } else if (truth.isSilent(
        tag.getCallId(), tag.getChannel(), tag.getStartMs(), tag.getEndMs())) {
      count(tag, NOBODY, tag.getState() != TagState.IDENTIFIED);
    }
  }

  private boolean isRight(SpeakerTag tag, String speaker) {
    return enrolled.contains(speaker)
        ? tag.getState() == TagState.IDENTIFIED && speaker.equals(tag.getSpeakerId())
        : tag.getState() == TagState.UNKNOWN;
  }

  private void count(SpeakerTag tag, String speaker, boolean right) {
    Counts counts =
        rows.computeIfAbsent(
            new RowKey(tag.getCallId(), tag.getChannel(), speaker), key -> new Counts());
    counts.windows++;
    if (right) {
      counts.correct++;
      if (counts.firstCorrectMs < 0) {
        counts.firstCorrectMs = tag.getEndMs();
      }
    } else {
      String said = Objects.requireNonNullElse(tag.getSpeakerId(), tag.getState().name());
      counts.wrong.merge(said, 1, Integer::sum);
    }
  }

  /** The account leg by leg and speaker by speaker. */
  public List<Row> rows() {
    return rows.entrySet().stream()
        .map(
            entry -> {
              RowKey key = entry.getKey();
              Counts counts = entry.getValue();
              return new Row(
                  key.call(),
                  key.channel(),
                  key.speaker(),
                  counts.windows,
                  counts.correct,
                  counts.firstCorrectMs < 0
                      ? -1
                      : truth.speechMs(
                          key.call(), key.channel(), key.speaker(), counts.firstCorrectMs),
                  Map.copyOf(counts.wrong));
            })
        .toList();
  }

  /** The account in one line. */
  public Summary summary() {
    List<Row> speech = rows().stream().filter(Row::isSpeech).toList();
    int windows = speech.stream().mapToInt(Row::windows).sum();
    int correct = speech.stream().mapToInt(Row::correct).sum();
    List<Long> sorted = latenciesMs.stream().sorted().toList();
    return new Summary(
        truth.calls().size(),
        windows,
        correct,
        windows == 0 ? 0 : (double) correct / windows,
        Percentile.of(sorted, MEDIAN),
        Percentile.of(sorted, 0.99));
  }

  /** The median over speakers and legs; empty where nobody was tagged rightly. */
  public OptionalLong medianSpeechUntilRightMs() {
    List<Long> sorted =
        rows().stream()
            .filter(row -> row.isSpeech() && row.speechUntilRightMs() >= 0)
            .map(Row::speechUntilRightMs)
            .sorted()
            .toList();
    return sorted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Percentile.of(sorted, MEDIAN));
  }

  /** Windows in which nobody spoke, but somebody was named. */
  public int namedInSilence() {
    return rows().stream()
        .filter(row -> !row.isSpeech())
        .mapToInt(row -> row.windows() - row.correct())
        .sum();
  }

  /**
   * The demo in numbers.
   *
   * @param calls calls that were streamed
   * @param windows windows of speech that counted
   * @param correct those that were tagged rightly
   * @param accuracy their share, 0 to 1
   * @param latencyMsP50 median time from a window's last sample to its tag, milliseconds
   * @param latencyMsP99 its 99th percentile, milliseconds
   */
  public record Summary(
      int calls, int windows, int correct, double accuracy, long latencyMsP50, long latencyMsP99) {}
}
