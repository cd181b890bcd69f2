package io.voxtag.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import io.voxtag.trainer.command.CommandLoop;
import io.voxtag.trainer.command.EventLog;
import io.voxtag.trainer.command.RunBook;
import io.voxtag.trainer.config.TrainerSettings;
import io.voxtag.trainer.dataset.DatasetSettings;
import io.voxtag.trainer.dataset.DatasetStore;
import io.voxtag.trainer.dataset.LabelledDataConsumer;
import io.voxtag.trainer.lifecycle.UpgradeLoop;
import io.voxtag.trainer.lifecycle.UpgradeMetrics;
import io.voxtag.trainer.run.Run;
import io.voxtag.trainer.run.RunPhase;
import io.voxtag.trainer.run.RunStore;
import io.voxtag.trainer.work.Models;
import io.voxtag.trainer.work.Recordings;
import io.voxtag.trainer.work.RunMetrics;
import io.voxtag.trainer.work.RunWorker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running trainer. One at a time works on its folders. Thread-safe. */
public final class Trainer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final Duration START = Duration.ofSeconds(30);

  // Last started, first closed.
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final LabelledDataConsumer labelled;
  private final CommandLoop commands;
  private final RunWorker worker;
  private final UpgradeLoop upgrades;

  private Trainer(
      TrainerSettings settings,
      DatasetSettings dataset,
      KafkaSettings kafka,
      ModelStore store,
      MeterRegistry meters,
      Consumer<Throwable> fatal)
      throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    try {
      DatasetStore recordings = closedLater(DatasetStore.open(dataset));
      RunStore runs = new RunStore(settings.runs().toAbsolutePath());
      ModelVersionsFollower versions = closedLater(new ModelVersionsFollower(kafka, changed -> {}));
      versions.start();
      if (!versions.awaitCurrent(START)) {
        throw new IOException("model-versions could not be read within " + START);
      }
      Models models =
          new Models(versions, closedLater(new ModelVersionsWriter(kafka)), store, clock);
      EventLog events = closedLater(new EventLog(kafka, clock));
      RunBook book = new RunBook(runs, events);
      labelled = closedLater(new LabelledDataConsumer(dataset, recordings, kafka, meters, fatal));
      new UpgradeMetrics(meters, models::current, clock);
      upgrades =
          closedLater(
              new UpgradeLoop(settings, kafka, models, version -> isPublished(runs, version)));
      commands = closedLater(new CommandLoop(book, runs, kafka, meters, fatal));
      worker =
          closedLater(
              new RunWorker(
                  settings,
                  book,
                  runs,
                  new Recordings(recordings, labelled),
                  models,
                  events,
                  new RunMetrics(meters)));
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Waits for the broker, makes missing topics and starts. Blocks until then.
   *
   * @param store of the bundles; stays the caller's to close, after this
   * @param fatal told, by any thread, what the trainer cannot go on after
   * @throws IOException if a folder cannot be used
   * @throws io.voxtag.schemas.kafka.BrokerUnavailableException if no broker answers in time
   */
  public static Trainer start(
      TrainerSettings settings,
      DatasetSettings dataset,
      KafkaSettings kafka,
      ModelStore store,
      MeterRegistry meters,
      Consumer<Throwable> fatal)
      throws IOException, InterruptedException {
    SettingsCheck.verify(settings);
    Broker.await(kafka);
    TopicAdmin.createMissing(kafka);
    return new Trainer(settings, dataset, kafka, store, meters, fatal);
  }

  private static boolean isPublished(RunStore runs, String version) {
    return runs.all().stream()
        .filter(run -> run.version().equals(version))
        .map(Run::phase)
        .anyMatch(phase -> phase == RunPhase.PUBLISHED || phase == RunPhase.EVALUATING);
  }

  private <T extends AutoCloseable> T closedLater(T part) {
    parts.push(part);
    return part;
  }

  /** Whether labelled recordings and commands are read. */
  public boolean isReady() {
    return labelled.isReady();
  }

  /** Whether all its loops turn. */
  public boolean isAlive() {
    return labelled.isAlive() && commands.isAlive() && worker.isAlive() && upgrades.isAlive();
  }

  /** Why no labelled recordings are taken for now, for example because the disk is full. */
  public Optional<String> problem() {
    return labelled.problem();
  }

  /** Ends soon: a run that is under way goes on from its last checkpoint after the next start. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the trainer did not close, reason={}", e.toString());
      }
    }
  }
}
