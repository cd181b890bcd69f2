package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.StoredBundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A store whose bundles are fake models named like the last part of their URI. */
final class FakeStore implements ModelStore {

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, IOException> refused = new ConcurrentHashMap<>();
  private final Map<String, UnaryOperator<List<float[]>>> behaviour = new ConcurrentHashMap<>();
  private final Map<String, String> misnamed = new ConcurrentHashMap<>();
  private final List<FakeModel> loaded = new CopyOnWriteArrayList<>();

  /** The store fails the next so many times that this version is asked for. */
  void fail(String version, int times) {
    failures.put(version, times);
  }

  void refuse(String version, IOException reason) {
    refused.put(version, reason);
  }

  void behave(String version, UnaryOperator<List<float[]>> before) {
    behaviour.put(version, before);
  }

  /** The bundle of one version says that it is another. */
  void misname(String version, String other) {
    misnamed.put(version, other);
  }

  /** All models of a version that were ever loaded. */
  List<FakeModel> loaded(String version) {
    return loaded.stream().filter(model -> model.modelVersion().equals(version)).toList();
  }

  WindowEmbedder load(Path bundle) {
    String version = bundle.getFileName().toString();
    FakeModel model =
        new FakeModel(
            misnamed.getOrDefault(version, version),
            behaviour.getOrDefault(version, windows -> windows));
    loaded.add(model);
    return model;
  }

  @Override
  public Path fetch(URI uri, String sha256) throws IOException {
    Path bundle = Path.of(uri.getPath());
    String version = bundle.getFileName().toString();
    if (failures.merge(version, -1, Integer::sum) >= 0) {
      throw new IOException("the store is away");
    }
    if (refused.containsKey(version)) {
      throw refused.get(version);
    }
    return bundle;
  }

  @Override
  public StoredBundle put(Path bundle) {
    throw new UnsupportedOperationException("nothing is stored here");
  }

  @Override
  public void close() {}
}
