package io.voxtag.schemas.serde;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes records in Apicurio's format; a null value passes. */
final class RegistrySerializer<V> implements Serializer<V> {

  private final Serializer<V> apicurio;

  RegistrySerializer(Serializer<V> apicurio) {
    this.apicurio = apicurio;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable V value) {
    return value == null ? null : apicurio.serialize(topic, value);
  }

  @Override
  public void close() {
    apicurio.close();
  }
}
