package io.voxtag.schemas.serde;

import io.voxtag.schemas.serde.RecordFormatException.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in Avro single-object encoding that were written with any released version of their
 * schema. Thread-safe.
 */
final class SingleObjectDeserializer<V> implements Deserializer<V> {

  private static final byte[] MAGIC = {(byte) 0xC3, 0x01};
  private static final int HEADER_BYTES = MAGIC.length + Long.BYTES;

  private final String recordName;
  private final Map<Long, RecordReader<V>> readers;

  SingleObjectDeserializer(Class<V> type) {
    Schema current = SpecificData.get().getSchema(type);
    recordName = current.getName();
    Map<Long, RecordReader<V>> byFingerprint = new HashMap<>();
    for (Schema version : SchemaHistory.of(recordName)) {
      byFingerprint.put(fingerprint(version), new RecordReader<>(type, version));
    }
    byFingerprint.put(fingerprint(current), new RecordReader<>(type, current));
    readers = Map.copyOf(byFingerprint);
  }

  @Override
  public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
    return bytes == null ? null : readerFor(topic, bytes).read(topic, bytes, HEADER_BYTES);
  }

  private RecordReader<V> readerFor(String topic, byte[] bytes) {
    byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, MAGIC.length));
    if (!Arrays.equals(start, MAGIC)) {
      throw new RecordFormatException(
          topic,
          Problem.NO_MAGIC,
          "it begins with "
              + (start.length == 0 ? "nothing" : hex(start))
              + "; Avro single-object encoding begins with "
              + hex(MAGIC));
    }
    if (bytes.length < HEADER_BYTES) {
      throw new RecordFormatException(
          topic,
          Problem.TRUNCATED,
          "it has " + bytes.length + " bytes; the header alone has " + HEADER_BYTES);
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MAGIC.length);
    RecordReader<V> reader = readers.get(fingerprint);
    if (reader == null) {
      throw new RecordFormatException(
          topic,
          Problem.UNKNOWN_SCHEMA,
          String.format(
              "its schema has the fingerprint %016x, which is no known version of %s",
              fingerprint, recordName));
    }
    return reader;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }
}
