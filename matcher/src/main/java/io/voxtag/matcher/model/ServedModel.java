package io.voxtag.matcher.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.ScoreNormProfile.Method;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The model whose vectors are compared, as the {@code model.json} of its bundle describes it.
 *
 * @param version its name
 * @param embeddingSize floats in a vector, 1 to 65,536
 * @param decision how its scores become decisions
 * @param norm the scale of the scores that it decides on
 */
public record ServedModel(
    String version, int embeddingSize, DecisionProfile decision, ScoreNorm norm) {

  private static final String MANIFEST = "model.json";
  private static final String COHORT = "cohort.safetensors";
  private static final int MOST_MANIFEST_BYTES = 16 * 1024 * 1024;
  private static final int MOST_FLOATS = 65_536;
  private static final ObjectMapper JSON = new ObjectMapper();

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Manifest(
      @JsonProperty("version") @Nullable String version,
      @JsonProperty("embeddingSize") @Nullable Integer embeddingSize,
      @JsonProperty("decision") @Nullable DecisionProfile decision,
      @JsonProperty("files") @Nullable Map<String, Listed> files) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Listed(@JsonProperty("sha256") @Nullable String sha256) {}

  /** A model that decides on cosines. */
  public ServedModel(String version, int embeddingSize, DecisionProfile decision) {
    this(version, embeddingSize, decision, ScoreNorm.NONE);
  }

  /**
   * Reads the manifest of a bundle, and its cohort where the model normalises scores.
   *
   * @param bundle a directory or a zip file with a {@code model.json}
   * @throws UnusableModelException if there is none, or it lacks what is needed here
   */
  public static ServedModel read(Path bundle) {
    try {
      return checked(
          bundle, JSON.readValue(file(bundle, MANIFEST, MOST_MANIFEST_BYTES), Manifest.class));
    } catch (JacksonException e) {
      throw new UnusableModelException(bundle, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UnusableModelException(bundle, e.toString(), e);
    }
  }

  private static ServedModel checked(Path bundle, @Nullable Manifest manifest) throws IOException {
    if (manifest == null || manifest.version() == null || manifest.version().isBlank()) {
      throw new UnusableModelException(bundle, "model.json names no version", null);
    }
    Integer size = manifest.embeddingSize();
    if (size == null || size < 1 || size > MOST_FLOATS) {
      throw new UnusableModelException(
          bundle, "embeddingSize is " + size + "; it must be 1 to " + MOST_FLOATS, null);
    }
    if (manifest.decision() == null) {
      throw new UnusableModelException(
          bundle, "model.json has no decision, so no threshold is known", null);
    }
    DecisionProfile decision = manifest.decision();
    if (decision.scoreNorm().method() == Method.NONE) {
      return new ServedModel(manifest.version(), size, decision);
    }
    Listed listed = manifest.files() == null ? null : manifest.files().get(COHORT);
    if (listed == null || listed.sha256() == null) {
      throw new UnusableModelException(
          bundle, "its scores are normalised, but model.json lists no " + COHORT, null);
    }
    try {
      byte[] content = file(bundle, COHORT, CohortFile.MOST_BYTES);
      return new ServedModel(
          manifest.version(),
          size,
          decision,
          decision.norm(CohortFile.read(content, listed.sha256(), size)));
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(bundle, String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] file(Path bundle, String name, int most) throws IOException {
    if (Files.isDirectory(bundle)) {
      try (InputStream in = Files.newInputStream(bundle.resolve(name))) {
        return bounded(in, name, most);
      }
    }
    if (!Files.exists(bundle)) {
      throw new FileNotFoundException(bundle + " is no directory and no file");
    }
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new FileNotFoundException(name + " is not in the zip file");
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return bounded(in, name, most);
      }
    }
  }

  private static byte[] bounded(InputStream in, String name, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException(name + " has more than " + most + " bytes");
    }
    return bytes;
  }
}
