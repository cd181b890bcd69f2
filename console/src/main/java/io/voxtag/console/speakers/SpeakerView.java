package io.voxtag.console.speakers;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A speaker as the page sees it.
 *
 * @param accepted recordings that are in the registry, as far as answers are kept
 * @param refused recordings that were not accepted
 * @param unanswered recordings without an answer: asked for just now, or longer ago than answers
 *     are kept
 * @param recordings the newest ones, a few
 */
public record SpeakerView(
    String speakerId, int accepted, int refused, int unanswered, List<RecordingView> recordings) {

  /**
   * A recording.
   *
   * @param requestedAt when its enrolment was asked for, milliseconds since the epoch
   * @param consent the ground on which it is stored; null where none was given
   * @param outcome the answer; null where there is none
   * @param detail the answer in words; null where there is nothing to add
   * @param netSpeechMs speech in it, milliseconds; null where there is no answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RecordingView(
      String utteranceId,
      long requestedAt,
      @Nullable String consent,
      @Nullable String outcome,
      @Nullable String detail,
      @Nullable Integer netSpeechMs) {}

  /**
   * Some of the speakers.
   *
   * @param total how many there are that fit the search
   * @param complete whether the topic was read to its end
   * @param speakers the first of them by name
   */
  public record Page(int total, boolean complete, List<SpeakerView> speakers) {}
}
