package io.voxtag.voiceprint.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.ModelExport;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.network.LinearEmbedding;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.config.WhiteningConf;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Writes the network of a run as a model bundle. */
final class RunExport {
  private final TrainingConfig config;
  private final ModelManifest.TrainingData data;
  private final DoubleFunction<CropVectors> crops;

  RunExport(
      TrainingConfig config, ModelManifest.TrainingData data, DoubleFunction<CropVectors> crops) {
    this.config = config;
    this.data = data;
    this.crops = crops;
  }

  /** Writes the present weights, whitened where the configuration says so; the run keeps its. */
  ModelBundle write(Replica learner, RunState run, Path directory, String version)
      throws IOException {
    ManifestDraft draft =
        new ManifestDraft(
            version,
            new ModelManifest.Architecture(config.useModel(), config.modelConf()),
            new ModelManifest.Features(
                config.preprocessConf().featureMethod(), config.featureArguments()),
            AudioCache.SAMPLE_RATE,
            learner.embeddingSize(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            JsonNodeFactory.instance.objectNode(),
            data,
            metrics(run),
            config.datasetConf().attribution());
    WhiteningConf end = config.whiteningConf();
    if (end == null) {
      return ModelExport.write(learner.network(), draft, directory, DType.F16);
    }
    LinearEmbedding embedding = LinearEmbedding.of(learner.network(), "whitening_conf");
    LinearEmbedding.Projection trained = embedding.projection();
    try {
      new Whitening(end, crops.apply(end.cropDuration()), learner.store())
          .apply(learner.network(), config.trainConf().seed());
      return ModelExport.write(learner.network(), draft, directory, DType.F16);
    } finally {
      embedding.setProjection(trained);
    }
  }

  private static Map<String, Double> metrics(RunState run) {
    double steps = run.step();
    return run.bestEer() < RunState.START.bestEer()
        ? Map.of("training.steps", steps, "training.best_eer", run.bestEer())
        : Map.of("training.steps", steps);
  }
}
