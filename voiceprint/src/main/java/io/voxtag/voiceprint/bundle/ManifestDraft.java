package io.voxtag.voiceprint.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.voiceprint.bundle.ModelManifest.Architecture;
import io.voxtag.voiceprint.bundle.ModelManifest.Features;
import io.voxtag.voiceprint.bundle.ModelManifest.FileEntry;
import io.voxtag.voiceprint.bundle.ModelManifest.TrainingData;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A {@link ModelManifest} before its files are written; see there for what each component means.
 */
public record ManifestDraft(
    String version,
    Architecture architecture,
    Features features,
    int sampleRate,
    int embeddingSize,
    Instant createdAt,
    ObjectNode decision,
    TrainingData trainingData,
    Map<String, Double> metrics,
    List<String> attribution) {

  /** What a manifest says besides its files, to write it again, for example with a new decision. */
  public static ManifestDraft of(ModelManifest manifest) {
    return new ManifestDraft(
        manifest.version(),
        manifest.architecture(),
        manifest.features(),
        manifest.sampleRate(),
        manifest.embeddingSize(),
        manifest.createdAt(),
        manifest.decision(),
        manifest.trainingData(),
        manifest.metrics(),
        manifest.attribution());
  }

  /** The same under another version. */
  public ManifestDraft withVersion(String newVersion) {
    return new ManifestDraft(
        newVersion,
        architecture,
        features,
        sampleRate,
        embeddingSize,
        createdAt,
        decision,
        trainingData,
        metrics,
        attribution);
  }

  /** The same with another time. */
  public ManifestDraft withCreatedAt(Instant time) {
    return new ManifestDraft(
        version,
        architecture,
        features,
        sampleRate,
        embeddingSize,
        time,
        decision,
        trainingData,
        metrics,
        attribution);
  }

  /** The same with another decision, for example once a threshold was measured. */
  public ManifestDraft withDecision(ObjectNode newDecision) {
    return new ManifestDraft(
        version,
        architecture,
        features,
        sampleRate,
        embeddingSize,
        createdAt,
        newDecision,
        trainingData,
        metrics,
        attribution);
  }

  /** The same with other results. */
  public ManifestDraft withMetrics(Map<String, Double> newMetrics) {
    return new ManifestDraft(
        version,
        architecture,
        features,
        sampleRate,
        embeddingSize,
        createdAt,
        decision,
        trainingData,
        newMetrics,
        attribution);
  }

  ModelManifest withFiles(Map<String, FileEntry> files) {
    return new ModelManifest(
        ModelManifest.FORMAT_VERSION,
        version,
        architecture,
        features,
        sampleRate,
        embeddingSize,
        createdAt,
        decision,
        trainingData,
        metrics,
        attribution,
        files);
  }
}
