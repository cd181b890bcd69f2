package io.voxtag.embedder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.embedder.batch.SpeakerModelEmbedder;
import io.voxtag.embedder.model.ModelSupply;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.voiceprint.bundle.BundlePolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An embedder with real networks and a store, in a process of its own, to be killed: brokers,
 * group, configured bundle, store, cache.
 */
final class UpgradeMain {

  private UpgradeMain() {}

  public static void main(String[] args) throws Exception {
    ModelSupply.Loader loader =
        bundle -> SpeakerModelEmbedder.load(bundle, "cpu", BundlePolicy.DEFAULT);
    ModelStore store = TestSettings.store(Path.of(args[3]), Path.of(args[4]));
    Embedder embedder =
        Embedder.start(
            TestSettings.with(
                Map.of(
                    "voxtag.embedder.group-id",
                    args[1],
                    "voxtag.embedder.enrollment.group-id",
                    args[1] + "-enrollments",
                    "voxtag.embedder.enrollment.several-speakers-below",
                    "-1",
                    "voxtag.embedder.shadow.share",
                    "1",
                    "voxtag.embedder.commit-interval",
                    "PT0.2S")),
            KafkaConnection.to(args[0]),
            () -> loader.load(Path.of(args[2])),
            Optional.of(new ModelSupply(store, loader)),
            new SimpleMeterRegistry(),
            error -> Runtime.getRuntime().halt(1));
    Runtime.getRuntime().addShutdownHook(new Thread(embedder::close));
    Thread.currentThread().join();
  }
}
