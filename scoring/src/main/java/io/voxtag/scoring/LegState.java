package io.voxtag.scoring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link SmoothedThresholdDecision} remembers of a leg: at most some ten kilobytes.
 *
 * @param last what was said of the last window; null before the first one
 * @param voiced what was said of the last window with speech; null before the first one
 * @param turn the stretch of speech that goes on, also over silence; null before the first speech
 * @param unknown the unknown voices so far
 */
public record LegState(
    @Nullable Statement last,
    @Nullable Statement voiced,
    @Nullable Turn turn,
    UnknownVoices unknown) {

  static final LegState START = new LegState(null, null, null, UnknownVoices.NONE);

  private static final int FORMAT = 1;
  private static final int MOST_FLOATS = 65_536;

  /**
   * A state and speaker that windows agreed on.
   *
   * @param sinceMs start of the first window of an unbroken row that says so, milliseconds
   * @param agreeing windows that said so one after the other
   */
  record Statement(Ruling.State state, @Nullable String speaker, long sinceMs, int agreeing) {

    boolean says(Ruling.State otherState, @Nullable String otherSpeaker) {
      return state == otherState
          && (speaker == null ? otherSpeaker == null : speaker.equals(otherSpeaker));
    }
  }

  byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      write(out, last);
      write(out, voiced);
      out.writeBoolean(turn != null);
      if (turn != null) {
        write(out, turn.recent());
        write(out, turn.voice());
        out.writeInt(turn.windows());
      }
      out.writeInt(unknown.named());
      out.writeByte(unknown.voices().size());
      for (UnknownVoice voice : unknown.voices()) {
        out.writeInt(voice.number());
        write(out, voice.voice());
        out.writeInt(voice.windows());
        out.writeLong(voice.lastWindow());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static LegState read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new LegStateFormatException(
            "The state of the leg has format " + format + "; this decision writes " + FORMAT);
      }
      Statement last = readStatement(in);
      Statement voiced = readStatement(in);
      Turn turn = in.readBoolean() ? new Turn(readVector(in), readVector(in), in.readInt()) : null;
      int named = in.readInt();
      int count = in.readByte();
      List<UnknownVoice> voices = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        voices.add(new UnknownVoice(in.readInt(), readVector(in), in.readInt(), in.readLong()));
      }
      if (in.available() > 0) {
        throw new LegStateFormatException(
            "The state of the leg has " + in.available() + " bytes too many");
      }
      return new LegState(last, voiced, turn, new UnknownVoices(voices, named));
    } catch (IOException e) {
      throw new LegStateFormatException(e);
    }
  }

  private static void write(DataOutputStream out, @Nullable Statement statement)
      throws IOException {
    out.writeBoolean(statement != null);
    if (statement != null) {
      out.writeUTF(statement.state().name());
      out.writeBoolean(statement.speaker() != null);
      if (statement.speaker() != null) {
        out.writeUTF(statement.speaker());
      }
      out.writeLong(statement.sinceMs());
      out.writeInt(statement.agreeing());
    }
  }

  private static @Nullable Statement readStatement(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    Ruling.State state = readState(in);
    String speaker = in.readBoolean() ? in.readUTF() : null;
    return new Statement(state, speaker, in.readLong(), in.readInt());
  }

  private static Ruling.State readState(DataInputStream in) throws IOException {
    String name = in.readUTF();
    return Arrays.stream(Ruling.State.values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new LegStateFormatException("The state of the leg names a state " + name));
  }

  private static void write(DataOutputStream out, float[] vector) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    out.writeInt(vector.length);
    out.write(bytes.array());
  }

  private static float[] readVector(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 1 || length > MOST_FLOATS) {
      throw new LegStateFormatException(
          "The state of the leg has a vector of " + length + " floats");
    }
    byte[] bytes = new byte[length * Float.BYTES];
    in.readFully(bytes);
    float[] vector = new float[length];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
    return vector;
  }
}
