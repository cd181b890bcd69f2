package io.voxtag.schemas.serde;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.voxtag.schemas.Topic;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Makes serdes that keep their schemas in an Apicurio registry. */
final class RegistrySerdes implements EventSerdes {

  private final Map<String, Object> properties;

  RegistrySerdes(String url, boolean autoRegister) {
    properties =
        Map.of(
            "apicurio.registry.url",
            url,
            "apicurio.registry.auto-register",
            autoRegister,
            "apicurio.registry.find-latest",
            false,
            "apicurio.registry.use-specific-avro-reader",
            true);
  }

  @Override
  public <V> Serde<V> of(Topic<V> topic) {
    if (topic.value() == byte[].class) {
      return SingleObjectSerdes.rawBytes();
    }
    AvroKafkaSerializer<V> serializer = new AvroKafkaSerializer<>();
    AvroKafkaDeserializer<V> deserializer = new AvroKafkaDeserializer<>();
    Serde<V> serde = Serdes.serdeFrom(serializer, deserializer);
    serde.configure(properties, false);
    return serde;
  }
}
