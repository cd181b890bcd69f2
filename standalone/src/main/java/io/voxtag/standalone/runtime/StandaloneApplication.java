package io.voxtag.standalone.runtime;

import io.quarkus.runtime.QuarkusApplication;
import io.voxtag.ingest.service.IngestService;
import io.voxtag.standalone.runtime.Standalone.Run;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/** What Quarkus runs when all services have started. */
public final class StandaloneApplication implements QuarkusApplication {

  @Override
  public int run(String... args) throws Exception {
    Run run = Standalone.current();
    Path data = run.data();
    // It starts in the background, and whoever hears of this instance may send calls at once.
    CDI.current().select(IngestService.class).get().started().toCompletableFuture().join();
    RunningInstance instance =
        new RunningInstance(
            ProcessHandle.current().pid(),
            run.servers().kafka(),
            run.servers().redis(),
            httpAddress(run.options().host()));
    instance.announceIn(data);
    try {
      return run.scenario().run(instance);
    } finally {
      RunningInstance.withdrawFrom(data);
    }
  }

  // Quarkus writes the port back that it got where any free one was asked for.
  private static String httpAddress(String host) {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    return "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + port;
  }
}
