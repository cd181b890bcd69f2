package io.voxtag.console.speakers;

import io.voxtag.console.speakers.SpeakerView.RecordingView;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which recordings of whom were enrolled, and what was answered. Keeps a few words of each
 * recording and none of its audio. Thread-safe.
 */
public final class SpeakerBook {

  private static final int MAX_ANSWERS = 200_000;
  private static final int SHOWN_RECORDINGS = 20;

  private final Map<String, Map<String, Asked>> speakers = new TreeMap<>();
  private final Map<EnrollmentKey, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EnrollmentKey, Answer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  private record Asked(Instant at, @Nullable String consent) {}

  private record Answer(EnrollmentOutcome outcome, @Nullable String detail, int netSpeechMs) {}

  /** Forgets all recordings: they come anew. */
  public synchronized void restart() {
    speakers.clear();
  }

  /**
   * Takes a record of {@code enrollments}.
   *
   * @param enrollment null for a tombstone
   */
  public synchronized void enrollment(@Nullable String text, @Nullable Enrollment enrollment) {
    Optional<EnrollmentKey> key = parse(text);
    if (key.isEmpty()) {
      return;
    }
    String speaker = key.get().speakerId();
    String utterance = key.get().utteranceId();
    if (enrollment == null || enrollment.getOperation() == EnrollmentOperation.REMOVE) {
      Map<String, Asked> recordings = speakers.get(speaker);
      if (recordings != null) {
        recordings.remove(utterance);
        if (recordings.isEmpty()) {
          speakers.remove(speaker);
        }
      }
      return;
    }
    String consent = enrollment.getConsent() == null ? null : enrollment.getConsent().getBasis();
    speakers
        .computeIfAbsent(speaker, name -> new LinkedHashMap<>())
        .put(utterance, new Asked(enrollment.getRequestedAt(), consent));
  }

  private static Optional<EnrollmentKey> parse(@Nullable String key) {
    try {
      return Optional.of(EnrollmentKey.parse(key == null ? "" : key));
    } catch (KeyFormatException e) {
      // Somebody else's record: the services refuse it, so it enrols nobody.
      return Optional.empty();
    }
  }

  /** Takes a record of {@code enrollment-results}. */
  public synchronized void answer(EnrollmentResult result) {
    EnrollmentKey key;
    try {
      key = new EnrollmentKey(result.getSpeakerId(), result.getUtteranceId());
    } catch (KeyFormatException e) {
      // An answer to nothing that the services take.
      return;
    }
    answers.remove(key);
    if (result.getOutcome() != EnrollmentOutcome.ERASED) {
      answers.put(
          key, new Answer(result.getOutcome(), result.getDetail(), result.getNetSpeechMs()));
    }
  }

  /** All recordings of a speaker. */
  public synchronized Set<String> recordings(String speaker) {
    return Set.copyOf(speakers.getOrDefault(speaker, Map.of()).keySet());
  }

  /**
   * The speakers whose name contains some letters, by name.
   *
   * @param complete passed on
   */
  public synchronized SpeakerView.Page find(String letters, int limit, boolean complete) {
    String wanted = letters.toLowerCase(Locale.ROOT);
    List<SpeakerView> shown = new ArrayList<>();
    int total = 0;
    for (Map.Entry<String, Map<String, Asked>> speaker : speakers.entrySet()) {
      if (speaker.getKey().toLowerCase(Locale.ROOT).contains(wanted)) {
        total++;
        if (shown.size() < limit) {
          shown.add(view(speaker.getKey(), speaker.getValue()));
        }
      }
    }
    return new SpeakerView.Page(total, complete, shown);
  }

  private SpeakerView view(String speaker, Map<String, Asked> recordings) {
    int accepted = 0;
    int refused = 0;
    List<RecordingView> views = new ArrayList<>();
    for (Map.Entry<String, Asked> recording : recordings.entrySet()) {
      Answer answer = answers.get(new EnrollmentKey(speaker, recording.getKey()));
      if (answer != null) {
        boolean good = answer.outcome() == EnrollmentOutcome.ACCEPTED;
        accepted += good ? 1 : 0;
        refused += good ? 0 : 1;
      }
      views.add(view(recording.getKey(), recording.getValue(), answer));
    }
    views.sort(Comparator.comparingLong(RecordingView::requestedAt).reversed());
    return new SpeakerView(
        speaker,
        accepted,
        refused,
        recordings.size() - accepted - refused,
        List.copyOf(views.subList(0, Math.min(SHOWN_RECORDINGS, views.size()))));
  }

  private static RecordingView view(String utterance, Asked asked, @Nullable Answer answer) {
    return new RecordingView(
        utterance,
        asked.at().toEpochMilli(),
        asked.consent(),
        answer == null ? null : answer.outcome().name(),
        answer == null ? null : answer.detail(),
        answer == null ? null : answer.netSpeechMs());
  }
}
