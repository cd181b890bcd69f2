package io.voxtag.standalone.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.voxtag.ingest.service.IngestService;
import io.voxtag.standalone.runtime.Standalone.Run;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.microprofile.config.ConfigProvider;

/** What Quarkus runs when all services have started. */
public final class StandaloneApplication implements QuarkusApplication {

  private static final int STOPPED = 1;

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
            withoutCredentials(run.servers().redis()),
            httpAddress(run.options().host()));
    instance.announceIn(data);
    try {
      return untilDoneOrStopped(run.scenario(), instance);
    } finally {
      RunningInstance.withdrawFrom(data);
    }
  }

  // The file is read, and the address printed, where passwords have no place.
  static String withoutCredentials(String address) {
    return address.replaceFirst("//[^/@]*@", "//");
  }

  /**
   * The scenario has a thread of its own, since a service that cannot go on ends Quarkus, and with
   * it whatever waits for that service.
   */
  private static int untilDoneOrStopped(Scenario scenario, RunningInstance instance)
      throws Exception {
    FutureTask<Integer> task = new FutureTask<>(() -> scenario.run(instance));
    Thread thread =
        new Thread(
            () -> {
              task.run();
              Quarkus.asyncExit();
            },
            "voxtag-scenario");
    thread.start();
    Quarkus.waitForExit();
    if (!task.isDone()) {
      task.cancel(true);
      thread.join();
      return STOPPED;
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  // Quarkus writes the port back that it got where any free one was asked for.
  private static String httpAddress(String host) {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    return "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + port;
  }
}
