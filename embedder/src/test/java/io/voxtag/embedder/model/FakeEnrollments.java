package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.embedder.enroll.Enrollments;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Enrolment paths that embed what a test asks for. */
final class FakeEnrollments implements ModelParts.EnrollmentStarter {

  /** The path of one model. */
  record Path(
      FakeEnrollments all,
      String version,
      Function<float[], CompletableFuture<float[]>> embedder,
      Consumer<Throwable> fatal)
      implements Enrollments {

    @Override
    public boolean isAlive() {
      return all.paths.get(version) == this;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void stop() {}

    @Override
    public void close() {
      all.paths.remove(version, this);
    }
  }

  private final Map<String, Path> paths = new ConcurrentHashMap<>();

  @Override
  public Enrollments start(
      WindowEmbedder model,
      Function<float[], CompletableFuture<float[]>> embedder,
      Consumer<Throwable> fatal) {
    Path path = new Path(this, model.modelVersion(), embedder, fatal);
    paths.put(model.modelVersion(), path);
    return path;
  }

  boolean runs(String version) {
    return paths.containsKey(version);
  }

  CompletableFuture<float[]> embed(String version) {
    return paths.get(version).embedder().apply(new float[16_000]);
  }

  /** The path of a model cannot go on. */
  void fail(String version, Throwable error) {
    paths.get(version).fatal().accept(error);
  }
}
