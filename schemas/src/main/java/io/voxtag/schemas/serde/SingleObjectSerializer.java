package io.voxtag.schemas.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records in Avro single-object encoding, with the current schema.
 *
 * <p>Thread-safe: Avro's encoder keeps its buffer per thread, and what it returns is copied here.
 */
final class SingleObjectSerializer<V> implements Serializer<V> {

  private final BinaryMessageEncoder<V> encoder;

  SingleObjectSerializer(Class<V> type) {
    SpecificData model = RecordModel.of(type);
    encoder = new BinaryMessageEncoder<>(model, model.getSchema(type), false);
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable V value) {
    if (value == null) {
      return null;
    }
    try {
      ByteBuffer encoded = encoder.encode(value);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
  }
}
