package io.voxtag.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOffsetTest {

  @Test
  void whatIsWrittenIsRead() {
    RecordHeaders headers = new RecordHeaders(List.of(SourceOffset.of(123_456_789_012L)));

    assertThat(SourceOffset.in(headers)).hasValue(123_456_789_012L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-3", "many", "99999999999999999999"})
  void whatIsNoOffsetIsNone(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);

    assertThat(
            SourceOffset.in(new RecordHeaders(List.of(new RecordHeader(SourceOffset.NAME, value)))))
        .isEmpty();
  }

  @Test
  void withoutTheHeaderThereIsNone() {
    assertThat(SourceOffset.in(new RecordHeaders())).isEmpty();
    assertThat(
            SourceOffset.in(new RecordHeaders(List.of(new RecordHeader(SourceOffset.NAME, null)))))
        .isEmpty();
  }
}
