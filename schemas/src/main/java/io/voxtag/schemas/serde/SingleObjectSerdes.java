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
    requireRecord(topic);
    return Serdes.serdeFrom(
        new SingleObjectSerializer<>(topic.value()), new SingleObjectDeserializer<>(topic.value()));
  }

  @SuppressWarnings("unchecked") // The caller has seen that V is byte[].
  static <V> Serde<V> rawBytes() {
    return (Serde<V>) Serdes.ByteArray();
  }

  static void requireRecord(Topic<?> topic) {
    if (!SpecificRecord.class.isAssignableFrom(topic.value())) {
      throw new IllegalArgumentException(
          "Topic "
              + topic.name()
              + " holds "
              + topic.value().getName()
              + "; a serde needs an Avro record or byte[]");
    }
  }
}
