package io.voxtag.voiceprint.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.bundle.BundlePolicy;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.bundle.ModelManifest.Features;
import io.voxtag.voiceprint.bundle.Safetensors;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.feature.FeatureMethod;
import io.voxtag.voiceprint.importing.CheckpointSource.ConfigUse;
import io.voxtag.voiceprint.importing.pytorch.PyTorchCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports one checkpoint. Nothing is written before everything fits. */
public final class ModelImport {
  private static final int SAMPLE_RATE = 16_000;

  private final ImportRequest request;

  private ModelImport(ImportRequest request) {
    this.request = request;
  }

  /**
   * Writes a bundle of a checkpoint. It decides nothing yet: its threshold comes from an
   * evaluation.
   *
   * @throws io.voxtag.voiceprint.importing.pytorch.CheckpointException if the file is refused
   * @throws io.voxtag.voiceprint.bundle.BundleException if it is a refused file of safetensors, or
   *     something different is where the bundle should be
   * @throws ImportException if it is of no known network or does not fit it
   * @throws IOException if a file cannot be read or written
   */
  public static ImportedModel run(ImportRequest request) throws IOException {
    return new ModelImport(request).run();
  }

  private ImportedModel run() throws IOException {
    TrainingSettings settings = settings();
    List<String> unused = new ArrayList<>();
    Weights weights = request.source().network(weights(request.checkpoint()), unused);
    Layout layout = layout(weights, settings);
    try {
      ImportedNetwork network = layout.read(weights);
      Features features = features(network, settings);
      Map<String, Object> arguments = new LinkedHashMap<>(network.arguments());
      arguments.putAll(settings.arguments());
      int size = Fit.require(layout.architecture(), arguments, bins(features), network.tensors());
      ManifestDraft draft =
          draft(new ModelManifest.Architecture(layout.architecture(), arguments), features, size);
      return new ImportedModel(write(draft, network.tensors()), unused);
    } catch (ImportException e) {
      throw new ImportException(
          "%s: as %s from %s: %s"
              .formatted(
                  request.checkpoint(),
                  layout.architecture(),
                  request.source().configName(),
                  e.getMessage()),
          e);
    }
  }

  private TrainingSettings settings() throws IOException {
    ConfigUse use = request.source().configUse();
    if (request.config().isEmpty()) {
      if (use == ConfigUse.REQUIRED) {
        throw new ImportException(
            "%s: weights do not tell which features they take; give the configuration of the training run"
                .formatted(request.checkpoint()));
      }
      return TrainingSettings.NONE;
    }
    if (use == ConfigUse.NONE) {
      throw new ImportException(
          "%s: no configuration is read for %s, whose weights tell everything"
              .formatted(request.config().get(), request.source().configName()));
    }
    return TrainingSettings.read(request.config().get(), request.source());
  }

  private static Weights weights(Path file) throws IOException {
    boolean other = !PyTorchCheckpoint.isLikely(file) && isSafetensors(file);
    Map<String, TensorData> tensors =
        other ? Safetensors.read(file).tensors() : PyTorchCheckpoint.read(file);
    try {
      return Weights.of(tensors);
    } catch (ImportException e) {
      throw new ImportException(file + ": " + e.getMessage(), e);
    }
  }

  /** Such a file begins with the length of its header, and then that. */
  private static boolean isSafetensors(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(9);
      return start.length == 9 && start[8] == '{';
    }
  }

  private Layout layout(Weights weights, TrainingSettings settings) throws ImportException {
    List<Layout> known = request.source().layouts();
    Optional<String> name = request.architecture().or(settings::architecture);
    for (Layout layout : known) {
      if (name.map(layout.architecture()::equals).orElse(true) && layout.fits(weights)) {
        return layout;
      }
    }
    List<String> names = known.stream().map(Layout::architecture).toList();
    List<String> found = weights.names();
    throw new ImportException(
        "%s: its %d tensors are not those of %s from %s; they are called %s"
            .formatted(
                request.checkpoint(),
                found.size(),
                name.filter(names::contains).orElse("one of " + names),
                request.source().configName(),
                Fit.shown(found)));
  }

  private Features features(ImportedNetwork network, TrainingSettings settings)
      throws ImportException {
    if (settings.features().isPresent()) {
      return settings.features().get();
    }
    int bins =
        network
            .bins()
            .orElseThrow(() -> new ImportException("does not tell how many bins a frame has"));
    return request.source().features(bins);
  }

  private static int bins(Features features) throws ImportException {
    try {
      return FeatureMethod.of(features.method()).create(features.args()).bins();
    } catch (IllegalArgumentException e) {
      throw new ImportException("asks for features that there are not: " + e.getMessage(), e);
    }
  }

  private ManifestDraft draft(
      ModelManifest.Architecture architecture, Features features, int embeddingSize)
      throws IOException {
    ModelManifest.TrainingData data =
        new ModelManifest.TrainingData(
            "checkpoint:sha256:" + digest(request.checkpoint()),
            "what the publisher of the imported %s checkpoint used; the digest is that of %s"
                .formatted(request.source().configName(), request.checkpoint().getFileName()),
            0,
            0);
    return new ManifestDraft(
        request.version(),
        architecture,
        features,
        SAMPLE_RATE,
        embeddingSize,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        JsonNodeFactory.instance.objectNode(),
        data,
        Map.of(),
        request.attribution());
  }

  private ModelBundle write(ManifestDraft draft, List<TensorData> tensors) throws IOException {
    long values = tensors.stream().mapToLong(TensorData::size).sum();
    if (values * request.precision().bytes() > BundlePolicy.DEFAULT.maxBytes()) {
      throw new ImportException(
          "has %d weights, which in %s are more than the %d bytes of the largest bundle"
              .formatted(values, request.precision(), BundlePolicy.DEFAULT.maxBytes()));
    }
    try {
      return ModelBundle.write(request.output(), draft, tensors, request.precision());
    } catch (IllegalArgumentException e) {
      throw new ImportException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
