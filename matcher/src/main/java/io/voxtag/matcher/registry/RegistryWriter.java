package io.voxtag.matcher.registry;

import static io.voxtag.matcher.registry.RegistryScript.text;
import static io.voxtag.matcher.registry.RegistryScript.utf8;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import redis.clients.jedis.params.SetParams;

/**
 * Writes enrolments into the registry. Every write is one step for all readers, and writing the
 * same again changes nothing. Thread-safe. Every method throws {@link RegistryUnavailableException}
 * if Redis fails; the write may then have been done or not.
 */
public final class RegistryWriter {

  /** Followers that are further behind load everything anew. */
  private static final int CHANGES_KEPT = 10_000;

  private static final RegistryScript CHANGE = RegistryScript.named("change-utterance.lua");
  private static final byte[] NONE = {};

  private final RegistryConnection redis;
  private final RegistryKeys keys;

  /** Writes over these connections, which stay the caller's to close. */
  public RegistryWriter(RegistryConnection redis) {
    this.redis = redis;
    this.keys = redis.keys();
  }

  /**
   * Stores an utterance and renews the voiceprint of its speaker: the mean of the unit vectors of
   * all utterances, of unit length again.
   */
  public void put(EnrollmentEmbeddingKey key, float[] vector, UtteranceMetadata metadata) {
    change(key, Vectors.encode(vector).array(), metadata.write(), "");
  }

  /**
   * As {@link #put}, but only if no change came after the expected one.
   *
   * @param expectedLastChange from {@link RegistryFollower#caughtUp}
   * @return false if another change came first; nothing was done then
   */
  public boolean putUnlessChanged(
      EnrollmentEmbeddingKey key,
      float[] vector,
      UtteranceMetadata metadata,
      String expectedLastChange) {
    byte[] bytes = Vectors.encode(vector).array();
    return !change(key, bytes, metadata.write(), expectedLastChange).equals("MOVED");
  }

  /**
   * Removes an utterance from the space of one model version, and the speaker with its last one.
   *
   * @return whether there was one
   */
  public boolean erase(EnrollmentEmbeddingKey key) {
    return change(key, NONE, NONE, "").equals("DONE");
  }

  private String change(
      EnrollmentEmbeddingKey key, byte[] vector, byte[] metadata, String expectedLastChange) {
    String version = key.modelVersion();
    String speaker = key.speakerId();
    return text(
        CHANGE.run(
            redis,
            List.of(
                keys.voiceprints(version),
                keys.changes(version),
                keys.changeCount(version),
                keys.vectors(version, speaker),
                keys.metadata(version, speaker),
                keys.versions()),
            List.of(
                utf8(speaker),
                utf8(key.utteranceId()),
                vector,
                metadata,
                utf8(expectedLastChange),
                utf8(Integer.toString(CHANGES_KEPT)),
                utf8(version))));
  }

  /** The model versions that have a space in the registry. */
  public Set<String> versions() {
    return redis.ask(client -> client.smembers(keys.versions()));
  }

  /** The data's identity; an empty registry is given one. */
  public Generation generation() {
    return redis.ask(
        client -> {
          client.set(keys.epoch(), UUID.randomUUID().toString(), SetParams.setParams().nx());
          return new Generation(client.get(keys.epoch()), run(client.info("server")));
        });
  }

  /** Says that a partition of the enrolments was applied in full to data of this identity. */
  public void markRebuilt(int partition, Generation generation) {
    redis.ask(client -> client.hset(keys.rebuilt(), Integer.toString(partition), generation.id()));
  }

  /** Whether all partitions of the enrolments were applied in full to data of this identity. */
  public boolean isRebuilt(Generation generation, int partitions) {
    Map<String, String> rebuilt =
        new HashMap<>(redis.ask(client -> client.hgetAll(keys.rebuilt())));
    rebuilt.values().retainAll(Set.of(generation.id()));
    return rebuilt.size() >= partitions;
  }

  private static String run(String info) {
    return info.lines()
        .filter(line -> line.startsWith("run_id:"))
        .map(line -> line.substring("run_id:".length()).strip())
        .collect(Collectors.joining());
  }
}
