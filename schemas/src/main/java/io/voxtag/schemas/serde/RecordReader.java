package io.voxtag.schemas.serde;

import io.voxtag.schemas.serde.RecordFormatException.Problem;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;

/**
 * Reads records of one type that were written with one version of its schema.
 *
 * <p>Thread-safe. Input is not trusted: see {@link BoundedDecoder}.
 */
final class RecordReader<V> {

  private final String name;
  private final DatumReader<V> reader;

  @SuppressWarnings("unchecked") // The reader of a generated class makes instances of that class.
  RecordReader(Class<V> type, Schema writtenWith) {
    SpecificData model = RecordModel.of(type);
    Schema current = model.getSchema(type);
    name = current.getName();
    reader = model.createDatumReader(writtenWith, current);
  }

  /**
   * The record that fills the bytes from {@code start} to their end.
   *
   * @throws RecordFormatException if they are anything else
   */
  V read(String topic, byte[] bytes, int start) {
    BoundedDecoder decoder = new BoundedDecoder(bytes, start);
    V value = read(topic, decoder);
    if (decoder.remaining() > 0) {
      throw new RecordFormatException(
          topic,
          Problem.TRAILING_BYTES,
          decoder.remaining() + " bytes follow the " + name + "; none may");
    }
    return value;
  }

  private V read(String topic, BoundedDecoder decoder) {
    try {
      return reader.read(null, decoder);
    } catch (EOFException e) {
      throw new RecordFormatException(topic, Problem.TRUNCATED, invalid(e), e);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      // An enum or union index out of range comes as either of the last two.
      throw new RecordFormatException(topic, Problem.MALFORMED, invalid(e), e);
    }
  }

  private String invalid(Exception e) {
    return "it is no valid " + name + ": " + e.getMessage();
  }
}
