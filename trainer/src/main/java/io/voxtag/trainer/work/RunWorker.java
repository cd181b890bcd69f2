package io.voxtag.trainer.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.trainer.command.EventLog;
import io.voxtag.trainer.command.RunBook;
import io.voxtag.trainer.config.TrainerSettings;
import io.voxtag.trainer.dataset.DatasetUnavailableException;
import io.voxtag.trainer.judge.CandidateCalibration;
import io.voxtag.trainer.judge.FixedLists;
import io.voxtag.trainer.judge.Gate;
import io.voxtag.trainer.judge.Judge;
import io.voxtag.trainer.judge.Judge.FixedList;
import io.voxtag.trainer.judge.Judgement;
import io.voxtag.trainer.run.ModelTraining;
import io.voxtag.trainer.run.Run;
import io.voxtag.trainer.run.RunPhase;
import io.voxtag.trainer.run.RunRefusedException;
import io.voxtag.trainer.run.RunStoppedException;
import io.voxtag.trainer.run.RunStore;
import io.voxtag.trainer.run.SpeakerSplit;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.bundle.BundleSignature;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works runs off on a thread of its own. Whatever a run needs to go on after a kill is on disk: its
 * phase, its recordings, its checkpoints, and its bundle once it is finished; every step may be
 * done twice. What goes wrong in a run ends that run and is said in its last event.
 */
public final class RunWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
  private static final long IDLE_MS = 500;
  private static final String BUNDLE = "bundle";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT);

  private final TrainerSettings settings;
  private final RunBook book;
  private final RunStore store;
  private final Recordings recordings;
  private final Models models;
  private final EventLog events;
  private final RunMetrics metrics;
  private final Thread thread;
  private volatile boolean stopping;

  /** Starts. */
  public RunWorker(
      TrainerSettings settings,
      RunBook book,
      RunStore store,
      Recordings recordings,
      Models models,
      EventLog events,
      RunMetrics metrics) {
    this.settings = settings;
    this.book = book;
    this.store = store;
    this.recordings = recordings;
    this.models = models;
    this.events = events;
    this.metrics = metrics;
    this.thread = new Thread(this::work, "trainer-runs");
    this.thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  /** Whether it works. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void work() {
    while (!stopping) {
      try {
        Optional<Run> next = book.next(IDLE_MS);
        if (next.isPresent()) {
          if (models.current().active().isEmpty()) {
            // Soon after the first start the configured one is; until then there is no comparison.
            pause();
          } else {
            work(next.get());
          }
        }
      } catch (InterruptedException e) {
        LOG.debug("The worker ends", e);
        return;
      } catch (RuntimeException e) {
        LOG.error("A run could not be worked on, it is tried again", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(IDLE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Run run) throws InterruptedException {
    metrics.running();
    try {
      Run last = carryOut(run);
      metrics.over(last.phase());
    } catch (RunStoppedException e) {
      stopped(run, e);
    } catch (RunRefusedException e) {
      end(run, RunPhase.REJECTED, String.valueOf(e.getMessage()));
    } catch (DatasetUnavailableException e) {
      LOG.warn("The labelled recordings cannot be read for now, reason={}", e.getMessage());
      pause();
    } catch (IOException | RuntimeException e) {
      if (stopping) {
        return;
      }
      LOG.error("Training run failed requestId={}", run.requestId(), e);
      end(run, RunPhase.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
    } finally {
      metrics.idle();
    }
  }

  private void stopped(Run run, RunStoppedException e) {
    switch (e.reason()) {
      case CANCELLED -> end(run, RunPhase.CANCELLED, null);
      case DATA_ERASED -> {
        LOG.info(
            "Recordings of a run were erased, it begins anew without them requestId={}",
            run.requestId());
        clear(store.work(run));
      }
      case TRAINER_STOPS -> LOG.info("A run goes on later requestId={}", run.requestId());
    }
  }

  private void end(Run run, RunPhase phase, @Nullable String detail) {
    Run now = book.find(run.requestId()).orElse(run);
    clear(store.work(run));
    metrics.over(book.move(now, phase, detail).phase());
  }

  private Run carryOut(Run asked) throws RunRefusedException, IOException, InterruptedException {
    Run run = asked;
    if (run.phase() == RunPhase.QUEUED) {
      run = book.move(run, RunPhase.RUNNING, null);
    }
    Optional<ModelVersion> published = models.current().named(run.version());
    if (published.isPresent()) {
      // Killed between the two: what became of the version since must not be undone.
      boolean rejected = published.get().getStatus() == ModelStatus.REJECTED;
      clear(store.work(run));
      return book.move(
          run,
          rejected ? RunPhase.REJECTED : RunPhase.PUBLISHED,
          rejected ? published.get().getDetail() : null);
    }
    ModelVersion active =
        models
            .current()
            .active()
            .orElseThrow(() -> new RunRefusedException("no model version is in service yet"));
    @Nullable Path base = base(run, active);
    List<FixedList> lists =
        FixedLists.read(settings.judge().trials().orElse(List.of()), settings.data());
    ModelTraining training = training(run);
    SpeakerSplit split = prepare(run, training, base, lists);
    Path bundle = store.work(run).resolve(BUNDLE);
    if (run.phase() == RunPhase.EVALUATING && !Files.exists(bundle)) {
      // A recording of it was erased meanwhile, so that it was cleared.
      run = book.move(run, RunPhase.RUNNING, null);
    }
    ProgressReport report =
        new ProgressReport(run, book, events, metrics, split, settings, () -> stopping);
    if (run.phase() == RunPhase.RUNNING) {
      Path network = training.train(base, run.version(), report);
      report.check();
      clear(bundle);
      new CandidateCalibration(lists, split, settings.falseAlarms(), devices().get(0))
          .apply(network, bundle);
      sign(bundle);
      run = book.move(run, RunPhase.EVALUATING, null);
    }
    return judge(run, active, lists, split, bundle, report);
  }

  private @Nullable Path base(Run run, ModelVersion active)
      throws RunRefusedException, IOException {
    if (run.baseVersion() != null) {
      return models.bundle(run.baseVersion());
    }
    return run.config() == null ? models.bundle(active.getVersion()) : null;
  }

  private SpeakerSplit prepare(
      Run run, ModelTraining training, @Nullable Path base, List<FixedList> lists)
      throws RunRefusedException, IOException, InterruptedException {
    if (training.isPrepared()
        && training.prepared().training().stream().allMatch(Recordings::isThere)) {
      SpeakerSplit prepared = training.prepared();
      return new SpeakerSplit(prepared.training(), recordings.withSources(prepared.heldOut()));
    }
    clear(store.work(run));
    SpeakerSplit split =
        SpeakerSplit.of(
            recordings.since(Optional.ofNullable(run.since()), () -> stopping), settings.heldOut());
    training.prepare(run, split, base);
    CandidateCalibration.requireTrials(lists, split);
    return split;
  }

  private Run judge(
      Run run,
      ModelVersion active,
      List<FixedList> lists,
      SpeakerSplit split,
      Path bundle,
      ProgressReport report)
      throws RunRefusedException, IOException {
    Judge judge =
        new Judge(
            lists,
            split.heldOut(),
            settings.judge().durations(),
            new Judge.Bootstrap(settings.judge().replicates(), settings.judge().confidence(), 1),
            devices().get(0));
    Judgement judgement = judge.compare(bundle, models.bundle(active.getVersion()));
    // Nothing goes out that learned from somebody who was erased while it was judged.
    report.check();
    JSON.writeValue(store.folder(run).resolve("judgement.json").toFile(), judgement);
    List<String> objections =
        new Gate(
                settings.gate().maxEerIncrease(),
                settings.gate().maxFpirIncrease(),
                settings.gate().minEerDecrease())
            .objections(judgement);
    Map<String, Double> figures = judgement.metrics();
    metrics.judged(figures);
    Run ended;
    if (objections.isEmpty()) {
      models.publish(bundle, ModelStatus.CANDIDATE, figures, null);
      ended = book.move(run, RunPhase.PUBLISHED, null);
    } else {
      String reason = "the gate: " + String.join("; ", objections);
      models.publish(bundle, ModelStatus.REJECTED, figures, reason);
      ended = book.move(run, RunPhase.REJECTED, reason);
    }
    clear(store.work(run));
    return ended;
  }

  private void sign(Path bundle) throws IOException {
    if (settings.upgrade().signingKey().isPresent()) {
      ModelBundle.sign(bundle, BundleSignature.privateKey(settings.upgrade().signingKey().get()));
    }
  }

  private ModelTraining training(Run run) {
    return new ModelTraining(
        store.work(run),
        settings.data(),
        devices(),
        new ModelTraining.Demands(settings.minSpeakers(), settings.minUtterances()));
  }

  private List<DeviceChoice> devices() {
    return settings.devices().stream().map(DeviceChoice::new).toList();
  }

  /** Decoded audio and lists must not outlive the run: what is erased later would lie here on. */
  private static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be removed", e);
    }
  }

  /** Ends soon; a run that is under way goes on after the next start. */
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
