package io.voxtag.schemas.kafka;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Header of {@code enrollment-embeddings}: the offset of the record of {@code enrollments} that it
 * answers. Embedders of several model versions answer each at its own pace; as all records of a key
 * lie on one partition, the offsets tell which of two answers is of the later enrolment or erasure.
 */
public final class SourceOffset {

  /** Name of the header; its value is the offset in decimal digits. */
  public static final String NAME = "voxtag.source-offset";

  private SourceOffset() {}

  /** The header for an answer. */
  public static Header of(long offset) {
    return new RecordHeader(NAME, Long.toString(offset).getBytes(StandardCharsets.US_ASCII));
  }

  /** The offset that the headers name; empty where they name none, or nothing that could be one. */
  public static OptionalLong in(Headers headers) {
    Header header = headers.lastHeader(NAME);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    try {
      long offset = Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
      return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
