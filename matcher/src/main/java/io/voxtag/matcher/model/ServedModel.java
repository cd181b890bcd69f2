package io.voxtag.matcher.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.scoring.DecisionProfile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The model whose vectors are compared, as the {@code model.json} of its bundle describes it.
 *
 * @param version its name
 * @param embeddingSize floats in a vector, 1 to 65,536
 * @param decision how its scores become decisions
 */
public record ServedModel(String version, int embeddingSize, DecisionProfile decision) {

  private static final String MANIFEST = "model.json";
  private static final int MOST_MANIFEST_BYTES = 16 * 1024 * 1024;
  private static final int MOST_FLOATS = 65_536;
  private static final ObjectMapper JSON = new ObjectMapper();

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Manifest(
      @JsonProperty("version") @Nullable String version,
      @JsonProperty("embeddingSize") @Nullable Integer embeddingSize,
      @JsonProperty("decision") @Nullable DecisionProfile decision) {}

  /**
   * Reads the manifest of a bundle.
   *
   * @param bundle a directory or a zip file with a {@code model.json}
   * @throws UnusableModelException if there is none, or it lacks what is needed here
   */
  public static ServedModel read(Path bundle) {
    try {
      return checked(bundle, JSON.readValue(manifest(bundle), Manifest.class));
    } catch (JacksonException e) {
      throw new UnusableModelException(bundle, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UnusableModelException(bundle, e.toString(), e);
    }
  }

  private static ServedModel checked(Path bundle, @Nullable Manifest manifest) {
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
    return new ServedModel(manifest.version(), size, manifest.decision());
  }

  private static byte[] manifest(Path bundle) throws IOException {
    if (Files.isDirectory(bundle)) {
      try (InputStream in = Files.newInputStream(bundle.resolve(MANIFEST))) {
        return bounded(in);
      }
    }
    if (!Files.exists(bundle)) {
      throw new FileNotFoundException(bundle + " is no directory and no file");
    }
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      ZipEntry entry = zip.getEntry(MANIFEST);
      if (entry == null) {
        throw new FileNotFoundException(MANIFEST + " is not in the zip file");
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return bounded(in);
      }
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_MANIFEST_BYTES + 1);
    if (bytes.length > MOST_MANIFEST_BYTES) {
      throw new IOException(MANIFEST + " has more than " + MOST_MANIFEST_BYTES + " bytes");
    }
    return bytes;
  }
}
