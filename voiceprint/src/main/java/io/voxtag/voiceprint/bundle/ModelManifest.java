package io.voxtag.voiceprint.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code model.json} says about a model. JSON keys are the names of the components.
 *
 * @param formatVersion of the bundle format, {@link #FORMAT_VERSION}
 * @param version name of the model, unique for ever: letters, digits, {@code . _ -}, at most 100
 * @param architecture the network and its arguments
 * @param features what the network takes
 * @param sampleRate of the audio that the features are computed from, in Hz
 * @param embeddingSize number of values of a voiceprint
 * @param createdAt when the bundle was made
 * @param decision threshold, calibration and whatever else decides on scores of this model; read by
 *     those who decide, opaque here
 * @param trainingData what the model was trained on
 * @param metrics results by name, for example {@code eer.telephone}; finite
 * @param attribution licences of model and data, and the names that they ask to be given
 * @param files every file of the bundle except {@code model.json} and its signature, by name
 */
public record ModelManifest(
    int formatVersion,
    String version,
    Architecture architecture,
    Features features,
    int sampleRate,
    int embeddingSize,
    Instant createdAt,
    ObjectNode decision,
    TrainingData trainingData,
    Map<String, Double> metrics,
    List<String> attribution,
    Map<String, FileEntry> files) {

  /** The one format version that there is. */
  public static final int FORMAT_VERSION = 1;

  /**
   * A network by name.
   *
   * @param name as configurations call it, for example {@code EcapaTdnn}
   * @param args by name; texts, numbers, booleans and lists and maps of these
   */
  public record Architecture(String name, Map<String, Object> args) {
    public Architecture {
      args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }
  }

  /**
   * A feature method by name.
   *
   * @param method as configurations call it, for example {@code Fbank}
   * @param args by name; texts, numbers, booleans and lists and maps of these
   */
  public record Features(String method, Map<String, Object> args) {
    public Features {
      args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }
  }

  /**
   * What a model was trained on.
   *
   * @param digest of the list of recordings and their contents, for example {@code sha256:...}
   * @param description for people
   */
  public record TrainingData(String digest, String description, int speakers, int utterances) {}

  /**
   * A file of the bundle.
   *
   * @param sha256 in 64 lower-case hexadecimal digits
   * @param bytes its size
   */
  public record FileEntry(String sha256, long bytes) {}

  public ModelManifest {
    decision = decision.deepCopy();
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    attribution = List.copyOf(attribution);
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** A copy, so that nobody changes what others decide by. */
  @Override
  public ObjectNode decision() {
    return decision.deepCopy();
  }
}
