package io.voxtag.schemas.serde;

import io.voxtag.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Makes serdes for Avro single-object encoding, and for the raw bytes of dead letters. */
final class SingleObjectSerdes implements EventSerdes {

  static final SingleObjectSerdes INSTANCE = new SingleObjectSerdes();

  private SingleObjectSerdes() {}

  @Override
  public <V> Serde<V> of(Topic<V> topic) {
    if (topic.value() == byte[].class) {
      return rawBytes();
    }
    Class<V> type = topic.value();
    if (!SpecificRecord.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "Topic " + topic.name() + " holds " + type.getName() + ", which is no Avro record");
    }
    return Serdes.serdeFrom(
        new SingleObjectSerializer<>(type), new SingleObjectDeserializer<>(type));
  }

  @SuppressWarnings("unchecked") // The caller has seen that V is byte[].
  static <V> Serde<V> rawBytes() {
    return (Serde<V>) Serdes.ByteArray();
  }
}
