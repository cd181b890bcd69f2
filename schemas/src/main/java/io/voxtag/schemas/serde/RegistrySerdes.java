package io.voxtag.schemas.serde;

import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.config.SerdeConfig;
import io.voxtag.schemas.Topic;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Makes serdes in Apicurio's format, with the schemas in a registry. */
final class RegistrySerdes implements EventSerdes {

  private final String url;
  private final Map<String, Object> properties;

  RegistrySerdes(String url, boolean autoRegister) {
    this.url = url;
    properties =
        Map.of(
            "apicurio.registry.url",
            url,
            "apicurio.registry.http.adapter",
            "JDK",
            "apicurio.registry.auto-register",
            autoRegister,
            "apicurio.registry.use-specific-avro-reader",
            true);
  }

  @Override
  public <V> Serde<V> of(Topic<V> topic) {
    if (topic.value() == byte[].class) {
      return SingleObjectSerdes.rawBytes();
    }
    SingleObjectSerdes.requireRecord(topic);
    AvroKafkaSerializer<V> serializer = new AvroKafkaSerializer<>();
    serializer.configure(properties, false);
    WriterSchemas<V> writerSchemas = new WriterSchemas<>();
    writerSchemas.configure(new SerdeConfig(properties), false);
    return Serdes.serdeFrom(
        new RegistrySerializer<>(serializer, url),
        new RegistryDeserializer<>(topic.value(), writerSchemas));
  }
}
