package io.voxtag.embedder.leg;

import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.nio.ByteBuffer;

/**
 * A valid chunk at its place on the clock of its leg.
 *
 * @param audio as it came
 * @param timestamp of its record, milliseconds since the epoch
 * @param samples how many samples it holds, one channel at its own rate
 * @param hold made where the chunk turns out to be undecodable after all
 * @param refusal told so
 */
record PlacedChunk(
    AudioChunk audio, long timestamp, int samples, Hold hold, PartitionLegs.Refusal refusal) {

  long offset() {
    return hold.offset();
  }

  long start() {
    return audio.getStartSample();
  }

  long end() {
    return audio.getStartSample() + samples;
  }

  boolean last() {
    return audio.getLast();
  }

  AudioEncoding encoding() {
    return audio.getEncoding();
  }

  ByteBuffer payload() {
    return audio.getPayload();
  }
}
