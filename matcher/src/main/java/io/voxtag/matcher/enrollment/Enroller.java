package io.voxtag.matcher.enrollment;

import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.matcher.registry.Generation;
import io.voxtag.matcher.registry.RegistryFollower.CaughtUp;
import io.voxtag.matcher.registry.RegistryUnavailableException;
import io.voxtag.matcher.registry.UtteranceMetadata;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides on enrolments and brings the registry to what was decided. Doing the same again changes
 * nothing, so a replay after a crash is safe. Every method throws {@link
 * RegistryUnavailableException} if Redis fails; then nothing was decided, and the same call may be
 * made again. Of one task, used by one thread.
 */
final class Enroller {

  private static final int MOST_RACES = 20;

  private final ModelSpaces models;
  private final Registry registry;
  private final Facts facts;

  Enroller(ModelSpaces models, Registry registry, Facts facts) {
    this.models = models;
    this.registry = registry;
    this.facts = facts;
  }

  /** Decides on a recording. */
  Ruling enrol(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    Optional<Ruling> refused = EnrollmentRules.withoutComparison(embedding);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (facts.holds(key, embedding)) {
      store(key, embedding);
      return Ruling.ACCEPTED;
    }
    if (facts.acceptedUnderAnother(key, embedding, models::mayHaveServed)) {
      // It was decided when it was enrolled, and no upgrade takes a speaker away.
      store(key, embedding);
      facts.accept(key, embedding);
      return Ruling.ACCEPTED;
    }
    Optional<ModelSpace> space = models.await(key.modelVersion());
    if (space.isEmpty()) {
      // Nothing can be decided under a version whose thresholds nobody knows.
      store(key, embedding);
      facts.keep(key, embedding);
      return Ruling.ACCEPTED;
    }
    Ruling ruling = compareAndStore(space.get(), key, embedding);
    if (ruling.accepted()) {
      facts.accept(key, embedding);
    }
    return ruling;
  }

  private Ruling compareAndStore(
      ModelSpace space, EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    EnrollmentRules rules = new EnrollmentRules(space.model().decision());
    float[] vector = vector(embedding);
    List<float[]> own = facts.othersOf(key);
    for (int i = 0; i < MOST_RACES; i++) {
      CaughtUp enrolled = space.caughtUp();
      Ruling ruling = rules.compare(key.speakerId(), vector, own, enrolled.voiceprints());
      if (!ruling.accepted()
          || registry
              .writer()
              .putUnlessChanged(key, vector, metadata(embedding), enrolled.lastChange())) {
        return ruling;
      }
    }
    throw new RegistryUnavailableException(
        "Other enrolments came first " + MOST_RACES + " times in a row");
  }

  /**
   * Erases a recording under every model version.
   *
   * @param spared but these
   */
  Ruling erase(EnrollmentEmbeddingKey key, Set<String> spared) {
    Set<String> versions = new HashSet<>(registry.writer().versions());
    versions.add(key.modelVersion());
    versions.removeAll(spared);
    for (String version : versions) {
      registry.writer().erase(EnrollmentEmbeddingKey.of(key.enrollment(), version));
    }
    facts.erase(key.enrollment(), spared);
    return Ruling.ERASED;
  }

  /** Erases a recording under one model version alone. */
  void eraseAlone(EnrollmentEmbeddingKey key) {
    registry.writer().erase(key);
    facts.erase(key);
  }

  /** Identity of the data in Redis. */
  Generation generation() {
    return registry.writer().generation();
  }

  /**
   * Brings everything that was accepted into the registry, whatever it holds.
   *
   * @param partition of the task
   * @param mine speakers of this task. Recordings of theirs that were not accepted are removed:
   *     Redis may have lost an erasure. Empty keeps them, for a task that does not know all yet
   */
  void rebuild(int partition, Generation generation, Optional<Predicate<String>> mine) {
    facts.forEach(this::store);
    mine.ifPresent(this::removeUnknown);
    registry.writer().markRebuilt(partition, generation);
  }

  private void removeUnknown(Predicate<String> mine) {
    for (String version : registry.reader().versions()) {
      registry.reader().speakerIds(version).stream()
          .filter(mine)
          .flatMap(speaker -> registry.reader().utterances(version, speaker).stream())
          .map(utterance -> utterance.key())
          .filter(key -> !facts.holds(key))
          .forEach(registry.writer()::erase);
    }
  }

  private void store(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    registry.writer().put(key, vector(embedding), metadata(embedding));
  }

  private static float[] vector(EnrollmentEmbedding embedding) {
    return Vectors.decode(embedding.getVector());
  }

  private static UtteranceMetadata metadata(EnrollmentEmbedding embedding) {
    Consent consent = embedding.getConsent();
    return new UtteranceMetadata(
        consent.getBasis(),
        consent.getReference(),
        consent.getGivenAt().toEpochMilli(),
        embedding.getNetSpeechMs(),
        embedding.getSnrDb(),
        embedding.getRequestedAt().toEpochMilli());
  }
}
