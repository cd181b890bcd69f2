package io.voxtag.console.service;

import io.voxtag.audio.G711;
import io.voxtag.console.Tags;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.testkit.TestTopics;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A leg of a call as it lies in Kafka: a tone, and tags. */
final class Scene {

  private static final int RATE = 8000;

  private final TestTopics topics;
  private final String callId;
  private final int channel;
  private final String streamId = TestTopics.unique("run");
  private final Instant begin;
  final Tags tags;

  Scene(TestTopics topics, String callId, int channel, Instant begin) {
    this.topics = topics;
    this.callId = callId;
    this.channel = channel;
    this.begin = begin;
    this.tags = new Tags(callId, channel, streamId, begin);
  }

  String streamId() {
    return streamId;
  }

  void say(SpeakerTag tag) {
    topics.send(Topics.SPEAKER_TAGS, callId, tag);
  }

  /** Sends seconds of a tone of 440 Hz, in chunks of half a second. */
  void sound(int seconds) {
    for (int i = 0; i < 2 * seconds; i++) {
      float[] samples = new float[RATE / 2];
      for (int s = 0; s < samples.length; s++) {
        samples[s] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * (i * RATE / 2 + s) / RATE));
      }
      topics.send(
          Topics.CALL_AUDIO,
          callId,
          AudioChunk.newBuilder()
              .setCallId(callId)
              .setChannel(channel)
              .setStreamId(streamId)
              .setSequence(i)
              .setStartSample((long) i * RATE / 2)
              .setSampleRate(RATE)
              .setEncoding(AudioEncoding.MULAW)
              .setPayload(ByteBuffer.wrap(G711.MU_LAW.encode(samples)))
              .setCapturedAt(begin.plusMillis(500L * (i + 1)))
              .build());
    }
  }
}
