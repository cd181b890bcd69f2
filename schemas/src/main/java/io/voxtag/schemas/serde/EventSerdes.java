package io.voxtag.schemas.serde;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.kafka.KafkaSettings;
import org.apache.kafka.common.serialization.Serde;

/**
 * Serdes for the values of Voxtag's topics.
 *
 * <p>Thread-safe. So are the serdes without a registry; those with one belong to one client each. A
 * null value (a tombstone) passes as null. Reading bytes that are no record of the topic throws
 * {@link RecordFormatException}; a registry that does not help, {@link SchemaRegistryException}.
 */
@FunctionalInterface
public interface EventSerdes {

  /**
   * A serde for the values of a topic; those of dead-letter topics are raw bytes. Close it with the
   * client that uses it.
   */
  <V> Serde<V> of(Topic<V> topic);

  /**
   * What the settings say: Apicurio where {@code registry-url} is set, otherwise {@link
   * #singleObject()}.
   */
  static EventSerdes of(KafkaSettings settings) {
    return settings
        .registryUrl()
        .<EventSerdes>map(url -> new RegistrySerdes(url, settings.registryAutoRegister()))
        .orElseGet(EventSerdes::singleObject);
  }

  /**
   * Avro single-object encoding: two marker bytes, the fingerprint of the schema (8 bytes), the
   * record. Needs no registry; all schemas that ever were are part of this library.
   */
  static EventSerdes singleObject() {
    return SingleObjectSerdes.INSTANCE;
  }
}
