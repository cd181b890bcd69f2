package io.voxtag.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voxtag.schemas.SampleEvents;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.serde.RecordFormatException.Problem;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds without an answer from the registry. */
class RegistrySerdeTest {

  private static final String NOBODY = "http://localhost:1/apis/registry/v3";

  private final Serde<AudioChunk> serde =
      EventSerdes.of(KafkaConnection.to("unused:9092").withRegistry(NOBODY, false))
          .of(Topics.CALL_AUDIO);

  @AfterEach
  void close() {
    serde.close();
  }

  @Test
  void bytesOfAnotherFormatAreNamed() {
    // given: the single-object encoding of a service that was set without the registry
    byte[] singleObject =
        EventSerdes.singleObject()
            .of(Topics.CALL_AUDIO)
            .serializer()
            .serialize("call-audio", SampleEvents.AUDIO_CHUNK);

    // then
    assertThat(refusal(singleObject).problem()).isEqualTo(Problem.NO_MAGIC);
    assertThat(refusal(singleObject)).hasMessageContaining("c3").hasMessageContaining("00");
    assertThat(refusal(new byte[0]).problem()).isEqualTo(Problem.NO_MAGIC);
  }

  @Test
  void aHeaderCutShortIsTruncated() {
    assertThat(refusal(new byte[] {0, 0, 0}).problem()).isEqualTo(Problem.TRUNCATED);
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNoFaultOfTheRecord() {
    byte[] bytes = {0, 0, 0, 0, 1, 2, 3};

    assertThatThrownBy(() -> serde.deserializer().deserialize("call-audio", bytes))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessageContaining("call-audio");
    assertThatThrownBy(() -> serde.serializer().serialize("call-audio", SampleEvents.AUDIO_CHUNK))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessageContaining(NOBODY);
  }

  private RecordFormatException refusal(byte[] bytes) {
    return catchThrowableOfType(
        RecordFormatException.class, () -> serde.deserializer().deserialize("call-audio", bytes));
  }
}
