package io.voxtag.console.state;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is enrolled, by the last answer to each recording. Thread-safe. */
public final class Speakers {

  private record Answer(boolean accepted, @Nullable String problem) {}

  private final Map<String, Map<String, Answer>> speakers = new TreeMap<>();

  /**
   * Takes an answer in.
   *
   * @return the speaker after it; without recordings where they are erased
   */
  public synchronized SpeakerView take(EnrollmentResult result) {
    Map<String, Answer> answers =
        speakers.computeIfAbsent(result.getSpeakerId(), id -> new TreeMap<>());
    if (result.getOutcome() == EnrollmentOutcome.ERASED) {
      answers.remove(result.getUtteranceId());
      if (answers.isEmpty()) {
        speakers.remove(result.getSpeakerId());
      }
    } else {
      boolean accepted = result.getOutcome() == EnrollmentOutcome.ACCEPTED;
      answers.put(result.getUtteranceId(), new Answer(accepted, problem(result, accepted)));
    }
    return view(result.getSpeakerId(), answers);
  }

  private static @Nullable String problem(EnrollmentResult result, boolean accepted) {
    if (accepted) {
      return null;
    }
    return result.getDetail() == null ? result.getOutcome().name() : result.getDetail();
  }

  /** All speakers by name. */
  public synchronized List<SpeakerView> all() {
    List<SpeakerView> views = new ArrayList<>();
    speakers.forEach((id, answers) -> views.add(view(id, answers)));
    return views;
  }

  /** The recordings of a speaker, accepted or not. */
  public synchronized Set<EnrollmentKey> recordings(String speaker) {
    return speakers.getOrDefault(speaker, Map.of()).keySet().stream()
        .map(utterance -> new EnrollmentKey(speaker, utterance))
        .collect(Collectors.toSet());
  }

  private static SpeakerView view(String id, Map<String, Answer> answers) {
    int accepted = (int) answers.values().stream().filter(Answer::accepted).count();
    String problem =
        answers.values().stream()
            .map(Answer::problem)
            .filter(text -> text != null)
            .reduce((first, last) -> last)
            .orElse(null);
    return new SpeakerView(id, answers.size(), accepted, problem);
  }
}
