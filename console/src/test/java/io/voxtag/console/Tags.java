package io.voxtag.console;

import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tags of a leg, window by window, three seconds long and one apart. */
public final class Tags {

  private final String callId;
  private final int channel;
  private final String streamId;
  private final Instant begin;
  private long window;
  private boolean last;

  /**
   * @param begin when the first sample of the leg was captured
   */
  public Tags(String callId, int channel, String streamId, Instant begin) {
    this.callId = callId;
    this.channel = channel;
    this.streamId = streamId;
    this.begin = begin;
  }

  /** The next tag is the last one. */
  public Tags ending() {
    last = true;
    return this;
  }

  public SpeakerTag identified(String speaker, TagStage stage, float posterior) {
    return next(TagState.IDENTIFIED, stage, speaker, posterior);
  }

  public SpeakerTag unknown(String name) {
    return next(TagState.UNKNOWN, TagStage.CONFIRMED, name, 0.8f);
  }

  public SpeakerTag overlap() {
    return next(TagState.OVERLAP, TagStage.CONFIRMED, null, null);
  }

  public SpeakerTag silent() {
    return next(TagState.INSUFFICIENT_SPEECH, TagStage.PROVISIONAL, null, null);
  }

  private SpeakerTag next(
      TagState state, TagStage stage, @Nullable String speaker, @Nullable Float posterior) {
    long start = 1000 * window;
    return SpeakerTag.newBuilder()
        .setCallId(callId)
        .setChannel(channel)
        .setStreamId(streamId)
        .setWindowIndex(window++)
        .setStartMs(start)
        .setEndMs(start + 3000)
        .setState(state)
        .setStage(stage)
        .setSpeakerId(speaker)
        .setSinceMs(start)
        .setScore(posterior == null ? null : 4.5f)
        .setPosterior(posterior)
        .setCandidates(List.of())
        .setNetSpeechMs(posterior == null ? 0 : 2500)
        .setModelVersion("starter")
        .setRegistryVersion("0-0")
        .setCapturedAt(begin.plusMillis(start + 3000))
        .setLatencyMs(120)
        .setLast(last)
        .build();
  }
}
