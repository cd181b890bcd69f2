package io.voxtag.embedder.stream;

import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.leg.Window;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.SpeechEmbedding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records of windows. */
final class SpeechEmbeddings {

  private SpeechEmbeddings() {}

  /**
   * What a model makes of a window.
   *
   * @param speech the speech in the window
   * @param vector null where it has none
   */
  static SpeechEmbedding of(
      Window window, String modelVersion, SpeechActivity speech, float @Nullable [] vector) {
    return SpeechEmbedding.newBuilder()
        .setCallId(window.leg().callId())
        .setChannel(window.leg().channel())
        .setStreamId(window.leg().streamId())
        .setWindowIndex(window.index())
        .setStartMs(window.startMs())
        .setEndMs(window.endMs())
        .setNetSpeechMs(speech.netSpeechMs())
        .setSnrDb(speech.hasSpeech() ? speech.snrDb() : Float.NaN)
        .setVector(vector == null ? null : Vectors.encode(vector))
        .setModelVersion(modelVersion)
        .setCapturedAt(Instant.ofEpochMilli(window.capturedAt()))
        .setLast(window.last())
        .build();
  }

  /** A record of a window, keyed by its call. */
  static ProducerRecord<byte[], byte[]> record(String topic, Window window, byte[] value) {
    return new ProducerRecord<>(topic, null, timestamp(window), key(window), value);
  }

  private static byte[] key(Window window) {
    return window.leg().callId().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * That of the audio, not of the clock: made again after an outage a window must not look younger
   * than it is, or those who read it forget legs that others of its like still belong to.
   */
  private static @Nullable Long timestamp(Window window) {
    return window.timestamp() < 0 ? null : window.timestamp();
  }
}
