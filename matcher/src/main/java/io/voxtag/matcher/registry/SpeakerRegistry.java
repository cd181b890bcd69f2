package io.voxtag.matcher.registry;

import static io.voxtag.matcher.registry.RegistryScript.text;
import static io.voxtag.matcher.registry.RegistryScript.utf8;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Vectors;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Reads the speaker registry. Thread-safe. Every method throws {@link RegistryUnavailableException}
 * if Redis fails.
 */
public final class SpeakerRegistry implements AutoCloseable {

  private static final int SCAN_COUNT = 1000;
  private static final RegistryScript LOAD_POINT = RegistryScript.named("load-point.lua");

  private final RegistryConnection redis;
  private final RegistryKeys keys;
  private final boolean owned;

  /** Reads over these connections, which stay the caller's to close. */
  public SpeakerRegistry(RegistryConnection redis) {
    this(redis, false);
  }

  private SpeakerRegistry(RegistryConnection redis, boolean owned) {
    this.redis = redis;
    this.keys = redis.keys();
    this.owned = owned;
  }

  /** The registry in this Redis, over connections of its own; see {@link RegistryConnection#to}. */
  public static SpeakerRegistry connect(URI redis) {
    return new SpeakerRegistry(RegistryConnection.to(redis), true);
  }

  /** The model versions that have speakers, or had some. */
  public Set<String> versions() {
    Set<String> versions = redis.ask(client -> client.smembers(keys.versions()));
    return new TreeSet<>(versions);
  }

  /** The speakers of a model version, by name. */
  public List<EnrolledSpeaker> speakers(String version) {
    List<EnrolledSpeaker> speakers = new ArrayList<>();
    for (String speaker : new TreeSet<>(speakerIds(version))) {
      speaker(version, speaker).ifPresent(speakers::add);
    }
    return speakers;
  }

  /** A speaker of a model version; empty where there is none of that name. */
  public Optional<EnrolledSpeaker> speaker(String version, String speaker) {
    List<UtteranceMetadata> recordings =
        utterances(version, speaker).stream()
            .map(EnrolledUtterance::metadata)
            .sorted(Comparator.comparingLong(UtteranceMetadata::requestedAt))
            .toList();
    if (recordings.isEmpty()) {
      return Optional.empty();
    }
    UtteranceMetadata newest = recordings.get(recordings.size() - 1);
    return Optional.of(
        new EnrolledSpeaker(
            speaker,
            recordings.size(),
            newest.consentBasis(),
            Instant.ofEpochMilli(recordings.get(0).requestedAt()),
            Instant.ofEpochMilli(newest.requestedAt())));
  }

  /** The accepted recordings of a speaker under a model version, by name. */
  public List<EnrolledUtterance> utterances(String version, String speaker) {
    Map<byte[], byte[]> metadata =
        redis.ask(client -> client.hgetAll(utf8(keys.metadata(version, speaker))));
    return metadata.entrySet().stream()
        .map(
            entry ->
                new EnrolledUtterance(
                    new EnrollmentEmbeddingKey(speaker, text(entry.getKey()), version),
                    UtteranceMetadata.read(entry.getValue())))
        .sorted(Comparator.comparing(utterance -> utterance.key().utteranceId()))
        .toList();
  }

  /**
   * The recordings of a speaker under any model version: the keys whose tombstones on {@code
   * enrollments} erase the speaker. Empty where nobody of that name is enrolled.
   */
  public List<EnrollmentKey> recordings(String speaker) {
    Set<String> utterances = new TreeSet<>();
    for (String version : versions()) {
      utterances.addAll(redis.ask(client -> client.hkeys(keys.vectors(version, speaker))));
    }
    return utterances.stream().map(utterance -> new EnrollmentKey(speaker, utterance)).toList();
  }

  /** Names of all speakers of a model version. */
  public Set<String> speakerIds(String version) {
    return redis.ask(client -> client.hkeys(keys.voiceprints(version)));
  }

  /** The voiceprints of a model version by speaker: unit vectors. */
  public Map<String, float[]> voiceprints(String version) {
    Map<String, float[]> voiceprints = new HashMap<>();
    byte[] key = utf8(keys.voiceprints(version));
    byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
    ScanParams params = new ScanParams().count(SCAN_COUNT);
    ScanResult<Map.Entry<byte[], byte[]>> page;
    do {
      byte[] from = cursor;
      page = redis.ask(client -> client.hscan(key, from, params));
      for (Map.Entry<byte[], byte[]> entry : page.getResult()) {
        voiceprints.put(text(entry.getKey()), vector(entry.getValue()));
      }
      cursor = page.getCursorAsBytes();
    } while (!page.isCompleteIteration());
    return voiceprints;
  }

  /** The voiceprints of some speakers; a name maps to an empty value where it is not enrolled. */
  Map<String, Optional<float[]>> voiceprints(String version, List<String> speakers) {
    byte[][] fields = speakers.stream().map(RegistryScript::utf8).toArray(byte[][]::new);
    List<byte[]> values =
        redis.ask(client -> client.hmget(utf8(keys.voiceprints(version)), fields));
    Map<String, Optional<float[]>> voiceprints = new HashMap<>();
    for (int i = 0; i < speakers.size(); i++) {
      voiceprints.put(
          speakers.get(i), Optional.ofNullable(values.get(i)).map(SpeakerRegistry::vector));
    }
    return voiceprints;
  }

  /** Where a reader that loads everything after this call goes on from. */
  LoadPoint loadPoint(String version) {
    List<?> reply =
        (List<?>)
            LOAD_POINT.run(
                redis, List.of(keys.changes(version), keys.changeCount(version)), List.of());
    return new LoadPoint(text(reply.get(0)), Long.parseLong(text(reply.get(1))));
  }

  /**
   * A place in the stream of changes.
   *
   * @param change id of the last change, 0-0 before the first one
   * @param number how many changes there were
   */
  record LoadPoint(String change, long number) {}

  private static float[] vector(byte[] bytes) {
    return Vectors.decode(ByteBuffer.wrap(bytes));
  }

  @Override
  public void close() {
    if (owned) {
      redis.close();
    }
  }
}
