package io.voxtag.console.state;

import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import java.time.Instant;
import java.util.List;

/** Tags that no matcher made. */
public final class TestTags {

  private TestTags() {}

  /** A confirmed window of three seconds, one second after the one before. */
  public static SpeakerTag tag(String call, int leg, String stream, long index, String speaker) {
    return SpeakerTag.newBuilder()
        .setCallId(call)
        .setChannel(leg)
        .setStreamId(stream)
        .setWindowIndex(index)
        .setStartMs(index * 1000)
        .setEndMs(index * 1000 + 3000)
        .setState(TagState.IDENTIFIED)
        .setStage(TagStage.CONFIRMED)
        .setSpeakerId(speaker)
        .setSinceMs(0)
        .setScore(3.5f)
        .setCandidates(List.of())
        .setNetSpeechMs(2500)
        .setModelVersion("test-1")
        .setRegistryVersion("0-1")
        .setCapturedAt(Instant.ofEpochMilli(1_000_000))
        .setLatencyMs(120)
        .setLast(false)
        .build();
  }
}
