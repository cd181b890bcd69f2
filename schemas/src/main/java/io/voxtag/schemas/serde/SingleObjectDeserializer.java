package io.voxtag.schemas.serde;

import io.voxtag.schemas.serde.RecordFormatException.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in Avro single-object encoding that were written with any released version of their
 * schema.
 *
 * <p>Thread-safe. Input is not trusted: see {@link BoundedDecoder}.
 */
final class SingleObjectDeserializer<V> implements Deserializer<V> {

  private static final int FINGERPRINT_AT = 2;
  private static final int HEADER_BYTES = FINGERPRINT_AT + Long.BYTES;

  private final Schema current;
  private final Map<Long, DatumReader<V>> readers;

  SingleObjectDeserializer(Class<V> type) {
    SpecificData model = SpecificData.getForClass(type);
    current = model.getSchema(type);
    readers = readers(model, current, SchemaHistory.of(current.getName()));
  }

  @SuppressWarnings("unchecked") // A reader of a generated class makes instances of that class.
  private static <V> Map<Long, DatumReader<V>> readers(
      SpecificData model, Schema current, List<Schema> history) {
    Map<Long, DatumReader<V>> readers = new HashMap<>();
    for (Schema written : history) {
      readers.put(fingerprint(written), model.createDatumReader(written, current));
    }
    readers.put(fingerprint(current), model.createDatumReader(current));
    return Map.copyOf(readers);
  }

  private static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  @Override
  public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    DatumReader<V> reader = readerFor(topic, bytes);
    BoundedDecoder decoder = new BoundedDecoder(bytes, HEADER_BYTES);
    V value = read(topic, reader, decoder);
    if (decoder.remaining() > 0) {
      throw new RecordFormatException(
          topic,
          Problem.TRAILING_BYTES,
          decoder.remaining() + " bytes follow the " + current.getName() + "; none may");
    }
    return value;
  }

  private DatumReader<V> readerFor(String topic, byte[] bytes) {
    if (bytes.length < FINGERPRINT_AT || bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
      throw new RecordFormatException(
          topic,
          Problem.NO_MAGIC,
          "it begins with "
              + hex(bytes, 0, Math.min(bytes.length, FINGERPRINT_AT))
              + "; Avro single-object encoding begins with c3 01");
    }
    if (bytes.length < HEADER_BYTES) {
      throw new RecordFormatException(
          topic,
          Problem.TRUNCATED,
          "it has " + bytes.length + " bytes; the header alone has " + HEADER_BYTES);
    }
    long fingerprint = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      fingerprint |= (bytes[FINGERPRINT_AT + i] & 0xffL) << (Byte.SIZE * i);
    }
    DatumReader<V> reader = readers.get(fingerprint);
    if (reader == null) {
      throw new RecordFormatException(
          topic,
          Problem.UNKNOWN_SCHEMA,
          String.format(
              "its schema has the fingerprint %016x, which is no known version of %s",
              fingerprint, current.getName()));
    }
    return reader;
  }

  @SuppressWarnings("NullAway")
  private V read(String topic, DatumReader<V> reader, BoundedDecoder decoder) {
    try {
      return reader.read(null, decoder);
    } catch (EOFException e) {
      throw new RecordFormatException(topic, Problem.TRUNCATED, message(e), e);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      // An enum or union index out of range comes as either of the last two.
      throw new RecordFormatException(topic, Problem.MALFORMED, message(e), e);
    }
  }

  private String message(Exception e) {
    return "it is no valid " + current.getName() + ": " + e.getMessage();
  }

  private static String hex(byte[] bytes, int from, int to) {
    StringBuilder hex = new StringBuilder();
    for (int i = from; i < to; i++) {
      hex.append(hex.isEmpty() ? "" : " ").append(String.format("%02x", bytes[i]));
    }
    return hex.isEmpty() ? "nothing" : hex.toString();
  }
}
