package io.voxtag.schemas.serde;

import io.voxtag.schemas.serde.RecordFormatException.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in Apicurio's format: a zero byte, the id of the schema in the registry, the
 * record. Thread-safe.
 */
final class RegistryDeserializer<V> implements Deserializer<V> {

  private static final byte MAGIC = 0;

  private final Class<V> type;
  private final String recordName;
  private final WriterSchemas<V> writerSchemas;
  private final Map<Schema, RecordReader<V>> readers = new ConcurrentHashMap<>();

  RegistryDeserializer(Class<V> type, WriterSchemas<V> writerSchemas) {
    this.type = type;
    this.recordName = SpecificData.get().getSchema(type).getFullName();
    this.writerSchemas = writerSchemas;
  }

  @Override
  public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    int headerBytes = 1 + writerSchemas.idBytes();
    requireHeader(topic, bytes, headerBytes);
    Schema written = writtenWith(topic, bytes);
    return readers
        .computeIfAbsent(written, schema -> new RecordReader<>(type, schema))
        .read(topic, bytes, headerBytes);
  }

  private static void requireHeader(String topic, byte[] bytes, int headerBytes) {
    if (bytes.length == 0 || bytes[0] != MAGIC) {
      throw new RecordFormatException(
          topic,
          Problem.NO_MAGIC,
          "it begins with "
              + (bytes.length == 0 ? "nothing" : String.format("%02x", bytes[0]))
              + "; Apicurio's format begins with 00 and the id of the schema");
    }
    if (bytes.length < headerBytes) {
      throw new RecordFormatException(
          topic,
          Problem.TRUNCATED,
          "it has " + bytes.length + " bytes; the header alone has " + headerBytes);
    }
  }

  private Schema writtenWith(String topic, byte[] bytes) {
    Schema written =
        writerSchemas
            .of(topic, bytes)
            .orElseThrow(
                () ->
                    new RecordFormatException(
                        topic,
                        Problem.UNKNOWN_SCHEMA,
                        "the registry has no schema of the id that it names"));
    if (!written.getFullName().equals(recordName)) {
      throw new RecordFormatException(
          topic,
          Problem.UNKNOWN_SCHEMA,
          "it is a " + written.getFullName() + "; this topic holds " + recordName);
    }
    return written;
  }

  @Override
  public void close() {
    writerSchemas.close();
  }
}
