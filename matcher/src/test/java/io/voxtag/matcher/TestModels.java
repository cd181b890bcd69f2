package io.voxtag.matcher;

import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.SpeechEmbedding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Several model versions, the first one in service, under each of which a voice looks another. */
public final class TestModels implements ModelSpaces {

  private final Map<String, ModelSpace> spaces = new LinkedHashMap<>();
  private final Set<String> upcoming;
  private final List<String> waitedFor = new ArrayList<>();

  public TestModels(Set<String> upcoming, ModelSpace... spaces) {
    this.upcoming = Set.copyOf(upcoming);
    for (ModelSpace space : spaces) {
      this.spaces.put(space.model().version(), space);
    }
  }

  /** A recording as a model version hears it: unlike what another one hears. */
  public static float[] recording(String version, String voice, int seed) {
    return TestEvents.recording(voice + " heard by " + version, seed);
  }

  /** A window of that voice. */
  public static SpeechEmbedding window(String version, String call, long index, String voice) {
    return SpeechEmbedding.newBuilder(
            TestEvents.window(call, 0, index, recording(version, voice, (int) index)))
        .setModelVersion(version)
        .build();
  }

  public static EnrollmentEmbeddingKey key(String version, String speaker, String utterance) {
    return new EnrollmentEmbeddingKey(speaker, utterance, version);
  }

  /** An enrolment with a voice that need not be the speaker's own. */
  public static EnrollmentEmbedding enrollment(EnrollmentEmbeddingKey key, String voice) {
    int seed = key.utteranceId().hashCode();
    return TestEvents.enrollment(key, recording(key.modelVersion(), voice, seed));
  }

  /** The versions that were waited for, one entry for each time. */
  public List<String> waitedFor() {
    return waitedFor;
  }

  @Override
  public Optional<ModelSpace> find(String version) {
    return Optional.ofNullable(spaces.get(version));
  }

  @Override
  public Optional<ModelSpace> await(String version) {
    waitedFor.add(version);
    return find(version);
  }

  @Override
  public ModelSpace active() {
    return spaces.values().iterator().next();
  }

  @Override
  public Set<String> versions() {
    return spaces.keySet();
  }

  @Override
  public boolean mayHaveServed(String version) {
    return !upcoming.contains(version);
  }
}
