package io.voxtag.embedder.leg;

import io.voxtag.schemas.event.AudioChunk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One run of one leg of a call.
 *
 * @param callId the call
 * @param channel the leg, from 0
 * @param streamId the run of the leg
 */
public record LegKey(String callId, int channel, String streamId) {

  static LegKey of(AudioChunk chunk) {
    return new LegKey(chunk.getCallId(), chunk.getChannel(), chunk.getStreamId());
  }

  /** Stands for the key where bytes are few: the first 8 bytes of a SHA-256. */
  public long fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(callId.getBytes(StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(5).putInt(channel).array());
      digest.update(streamId.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
