package io.voxtag.matcher.tagging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A leg in the state store.
 *
 * @param lastWindow index of the last window that was scored
 * @param touchedAt stream time when one of its windows came last, milliseconds since the epoch
 * @param modelVersion of the vectors in the state; empty where there is none
 * @param heard speech until the first firm statement
 * @param state what the decision remembers; empty where it is to start afresh
 */
@SuppressWarnings("ArrayRecordComponent") // Goes between store and decision and is not compared.
record StoredLeg(
    long lastWindow, long touchedAt, String modelVersion, SpeechHeard heard, byte[] state) {

  private static final int FORMAT = 2;
  // Without the speech that was heard.
  private static final int FORMER_FORMAT = 1;

  static String key(String callId, int channel, String streamId) {
    // Ids may hold any character, so the length says where the first one ends.
    return callId.length() + ":" + callId + "|" + channel + "|" + streamId;
  }

  static StoredLeg ended(long lastWindow, long touchedAt) {
    return new StoredLeg(lastWindow, touchedAt, "", SpeechHeard.DECIDED, new byte[0]);
  }

  StoredLeg touched(long now) {
    return new StoredLeg(lastWindow, now, modelVersion, heard, state);
  }

  byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length + 64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] version = modelVersion.getBytes(StandardCharsets.UTF_8);
      out.writeByte(FORMAT);
      out.writeLong(lastWindow);
      out.writeLong(touchedAt);
      out.writeInt(version.length);
      out.write(version);
      out.writeLong(heard.untilMs());
      out.writeLong(heard.speechMs());
      out.writeBoolean(heard.decided());
      out.write(state);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static StoredLeg read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT && format != FORMER_FORMAT) {
        throw new IllegalStateException(
            "A stored leg has format %d; this version reads %d and %d"
                .formatted(format, FORMER_FORMAT, FORMAT));
      }
      long lastWindow = in.readLong();
      long touchedAt = in.readLong();
      byte[] version = in.readNBytes(in.readInt());
      SpeechHeard heard =
          format == FORMAT
              ? new SpeechHeard(in.readLong(), in.readLong(), in.readBoolean())
              : SpeechHeard.DECIDED;
      return new StoredLeg(
          lastWindow,
          touchedAt,
          new String(version, StandardCharsets.UTF_8),
          heard,
          in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("A stored leg ends too early", e);
    }
  }
}
