package io.voxtag.embedder;

import io.voxtag.audio.G711;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Legs of calls with a generated voice, mu-law at 8 kHz, chunks of 100 ms. */
final class Calls {

  private static final int RATE = 8_000;
  private static final int CHUNK = 800;
  private static final long START = 1_700_000_000_000L;

  private Calls() {}

  /** A leg that speaks, is silent for the last third, and ends. */
  static List<AudioChunk> leg(String callId, int channel, int seconds) {
    int silent = seconds / 3;
    float[] samples =
        TestSpeech.concat(
            TestSpeech.speak(
                Voice.of(channel + 1),
                callId.hashCode() & 7,
                Duration.ofSeconds(seconds - silent),
                RATE),
            TestSpeech.silence(Duration.ofSeconds(silent), RATE));
    List<AudioChunk> chunks = new ArrayList<>();
    for (int at = 0; at < samples.length; at += CHUNK) {
      int end = Math.min(samples.length, at + CHUNK);
      byte[] payload = G711.MU_LAW.encode(Arrays.copyOfRange(samples, at, end));
      chunks.add(
          AudioChunk.newBuilder()
              .setCallId(callId)
              .setChannel(channel)
              .setStreamId("run")
              .setSequence(chunks.size())
              .setStartSample(at)
              .setSampleRate(RATE)
              .setEncoding(AudioEncoding.MULAW)
              .setPayload(ByteBuffer.wrap(payload))
              .setCapturedAt(Instant.ofEpochMilli(START + end * 1000L / RATE))
              .setLast(end == samples.length)
              .build());
    }
    return chunks;
  }

  /** Windows that a leg of so many seconds gives. */
  static int windows(int seconds) {
    return seconds - 1;
  }
}
