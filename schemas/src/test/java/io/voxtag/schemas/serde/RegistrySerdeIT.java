package io.voxtag.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.voxtag.schemas.SampleEvents;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.serde.RecordFormatException.Problem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against a real Apicurio registry 3, whose address is the system property {@code
 * voxtag.registry.url}, for example {@code http://localhost:8080/apis/registry/v3}.
 */
class RegistrySerdeIT {

  private static final String URL = System.getProperty("voxtag.registry.url", "");

  private final KafkaConnection settings = KafkaConnection.to("unused:9092");
  private final EventSerdes registering = EventSerdes.of(settings.withRegistry(URL, true));

  @BeforeEach
  void needsARegistry() {
    assumeTrue(
        !URL.isEmpty(),
        "Skipped: start an Apicurio registry and set -Dvoxtag.registry.url=http://.../apis/registry/v3");
  }

  static Stream<Topic<?>> topics() {
    return Topics.records().stream();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aRecordComesBackAsItWas(Topic<?> topic) {
    roundTrip(topic);
  }

  private <V> void roundTrip(Topic<V> topic) {
    try (Serde<V> writer = registering.of(topic);
        Serde<V> reader = EventSerdes.of(settings.withRegistry(URL, false)).of(topic)) {
      // when
      byte[] bytes = writer.serializer().serialize(topic.name(), SampleEvents.of(topic));

      // then
      assertThat(bytes[0]).isZero();
      assertThat(reader.deserializer().deserialize(topic.name(), bytes))
          .isEqualTo(SampleEvents.of(topic));
    }
  }

  @Test
  void aTombstonePasses() {
    try (Serde<AudioChunk> serde = registering.of(Topics.CALL_AUDIO)) {
      assertThat(serde.serializer().serialize("call-audio", null)).isNull();
      assertThat(serde.deserializer().deserialize("call-audio", (byte[]) null)).isNull();
    }
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsARecordFault() {
    try (Serde<AudioChunk> serde = registering.of(Topics.CALL_AUDIO)) {
      byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(999_999).array();

      RecordFormatException refused =
          catchThrowableOfType(
              RecordFormatException.class,
              () -> serde.deserializer().deserialize("call-audio", bytes));

      assertThat(refused.problem()).isEqualTo(Problem.UNKNOWN_SCHEMA);
    }
  }

  @Test
  void aRecordCutShortIsARecordFault() {
    try (Serde<AudioChunk> serde = registering.of(Topics.CALL_AUDIO)) {
      byte[] chunk = serde.serializer().serialize("call-audio", SampleEvents.AUDIO_CHUNK);

      RecordFormatException refused =
          catchThrowableOfType(
              RecordFormatException.class,
              () ->
                  serde
                      .deserializer()
                      .deserialize("call-audio", Arrays.copyOf(chunk, chunk.length - 1)));

      assertThat(refused.problem()).isEqualTo(Problem.TRUNCATED);
    }
  }

  @Test
  void withoutLeaveToRegisterAnUnknownSchemaIsAnErrorOfTheWriter() {
    String unheardOf = "unheard-of-" + UUID.randomUUID();
    try (Serde<AudioChunk> serde =
        EventSerdes.of(settings.withRegistry(URL, false)).of(Topics.CALL_AUDIO)) {
      assertThatThrownBy(() -> serde.serializer().serialize(unheardOf, SampleEvents.AUDIO_CHUNK))
          .isInstanceOf(SchemaRegistryException.class)
          .hasMessageContaining(unheardOf);
    }
  }
}
