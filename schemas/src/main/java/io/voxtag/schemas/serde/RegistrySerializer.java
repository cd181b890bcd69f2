package io.voxtag.schemas.serde;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes records in Apicurio's format; a null value passes. */
final class RegistrySerializer<V> implements Serializer<V> {

  private final Serializer<V> apicurio;
  private final String url;

  RegistrySerializer(Serializer<V> apicurio, String url) {
    this.apicurio = apicurio;
    this.url = url;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable V value) {
    if (value == null) {
      return null;
    }
    try {
      return apicurio.serialize(topic, value);
    } catch (RuntimeException e) {
      throw new SchemaRegistryException(
          "The registry at "
              + url
              + " gave no schema to write topic "
              + topic
              + " with. It must answer and hold "
              + topic
              + "-value, or voxtag.kafka.registry-auto-register must be on.",
          e);
    }
  }

  @Override
  public void close() {
    apicurio.close();
  }
}
