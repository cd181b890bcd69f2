package io.voxtag.evaluation;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.Pcm;
import io.voxtag.voiceprint.SpeakerModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Embeds whole recordings with a model. Recordings of more than 20 s are cut into equal parts,
 * whose mean is the voice: memory then does not grow with their length. Thread-safe.
 */
public final class ModelEmbedder implements FileEmbedder {

  private static final int MAX_SECONDS = 20;

  private final SpeakerModel model;

  /**
   * @param model stays the caller's to close
   */
  public ModelEmbedder(SpeakerModel model) {
    this.model = model;
  }

  @Override
  public float[] embed(Path file) throws IOException {
    return embed(AudioFiles.read(file).mono(), file.toString());
  }

  /**
   * An embedder of the start of recordings, up to where it holds so much speech; pauses in between
   * stay. It refuses recordings with less speech with a {@link TooLittleSpeechException}.
   *
   * @param seconds of speech as voice activity detection finds it, above 0
   */
  public FileEmbedder ofFirst(double seconds) {
    return file ->
        embed(
            SpeechStart.of(AudioFiles.read(file).mono(), seconds, file.toString()),
            file.toString());
  }

  /**
   * The voice in a recording.
   *
   * @param name what messages call it
   * @return a vector of unit length
   * @throws AudioFormatException if it is too short
   */
  public float[] embed(Pcm recording, String name) throws AudioFormatException {
    int rate = model.manifest().sampleRate();
    float[] samples = recording.resampled(rate).samples();
    if (samples.length < model.minSamples()) {
      throw new AudioFormatException(
          name,
          "%d samples at %d Hz, at least %d are needed"
              .formatted(samples.length, rate, model.minSamples()));
    }
    int parts = (samples.length - 1) / (MAX_SECONDS * rate) + 1;
    int length = samples.length / parts;
    List<float[]> windows = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      windows.add(Arrays.copyOfRange(samples, part * length, (part + 1) * length));
    }
    return MeanVoice.of(Arrays.asList(model.embed(windows)));
  }
}
