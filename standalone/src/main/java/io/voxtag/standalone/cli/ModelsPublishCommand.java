package io.voxtag.standalone.cli;

import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.ModelStoreLocation;
import io.voxtag.modelstore.ModelStores;
import io.voxtag.modelstore.StoredBundle;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.standalone.client.ModelVersionsClient;
import io.voxtag.voiceprint.bundle.BundleFolder;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag models publish}. */
@Command(
    name = "publish",
    description = {
      "Stores a bundle, for example an imported one, and announces it as a candidate.",
      "Embedders then enrol all speakers under it; once it is READY it may be promoted."
    },
    mixinStandardHelpOptions = true)
final class ModelsPublishCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "BUNDLE", description = "A folder with a model.json.")
  private Path bundle = Path.of("");

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "The model store of the services, as voxtag.models.store. Default: 'models' in the data"
              + " folder, as 'voxtag up' has it.")
  private @Nullable URI store;

  ModelsPublishCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ModelManifest manifest = ModelBundle.open(bundle).manifest();
    ModelOptions.decision(manifest);
    try (ModelVersionsClient client = new ModelVersionsClient(kafka.reached());
        ModelStore opened = ModelStores.open(location()).orElseThrow();
        BundleFolder folder = BundleFolder.of(bundle)) {
      ModelVersions versions = client.current();
      if (versions.named(manifest.version()).isPresent()) {
        throw CommandException.failed(
            "%s is published already and is %s"
                .formatted(
                    manifest.version(), versions.statusOf(manifest.version()).orElseThrow()));
      }
      StoredBundle stored = opened.put(folder.path());
      client.announce(
          ModelVersion.newBuilder()
              .setVersion(stored.version())
              .setStatus(ModelStatus.CANDIDATE)
              .setBundleUri(stored.uri().toString())
              .setBundleSha256(stored.sha256())
              .setMetrics(manifest.metrics())
              .setAt(Instant.now())
              .build());
      output.line("@|bold " + stored.version() + "|@ is a candidate, at " + stored.uri());
    }
    return ExitCodes.OK;
  }

  private ModelStoreLocation location() {
    URI location = store == null ? kafka.data().resolve("models").toUri() : store;
    return ModelStoreLocation.of(location, kafka.data().resolve("model-cache"));
  }
}
