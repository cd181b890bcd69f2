package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.SpeakerTag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tag as a script reads it; the fields are those of the {@code SpeakerTag} record. */
record TagView(
    String callId,
    int channel,
    String streamId,
    long windowIndex,
    long startMs,
    long endMs,
    String state,
    String stage,
    @Nullable String speakerId,
    long sinceMs,
    @Nullable Float score,
    @Nullable Float posterior,
    List<Candidate> candidates,
    int netSpeechMs,
    String modelVersion,
    String registryVersion,
    long capturedAt,
    int latencyMs,
    boolean last) {

  record Candidate(String speakerId, float score, @Nullable Float posterior) {}

  static TagView of(SpeakerTag tag) {
    return new TagView(
        tag.getCallId(),
        tag.getChannel(),
        tag.getStreamId(),
        tag.getWindowIndex(),
        tag.getStartMs(),
        tag.getEndMs(),
        tag.getState().name(),
        tag.getStage().name(),
        tag.getSpeakerId(),
        tag.getSinceMs(),
        tag.getScore(),
        tag.getPosterior(),
        tag.getCandidates().stream()
            .map(c -> new Candidate(c.getSpeakerId(), c.getScore(), c.getPosterior()))
            .toList(),
        tag.getNetSpeechMs(),
        tag.getModelVersion(),
        tag.getRegistryVersion(),
        tag.getCapturedAt().toEpochMilli(),
        tag.getLatencyMs(),
        tag.getLast());
  }
}
