package io.voxtag.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.voxtag.schemas.SampleEvents;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.JsonSchemaFormatter;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was ever written can be read, and stays so. */
class SchemaEvolutionTest {

  static Stream<Topic<?>> topics() {
    return Topics.records().stream();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void theCurrentSchemaIsTheLastOfItsHistory(Topic<?> topic) throws IOException {
    // given
    Schema current = schemaOf(topic);
    List<Schema> history = SchemaHistory.of(current.getName());

    // when: documentation may change freely, all else makes a new version
    boolean stored = !history.isEmpty() && current.equals(history.get(history.size() - 1));

    // then
    if (!stored) {
      String name = current.getName() + "/v" + (history.size() + 1) + ".avsc";
      Path candidate =
          write(
              "schema-history/" + name,
              (new JsonSchemaFormatter(true).format(current) + "\n").getBytes(UTF_8));
      fail(
          "%s has changed. If it may, add src/main/resources/io/voxtag/schemas/history/%s: %s",
          current.getName(), name, candidate);
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void theCurrentSchemaReadsAllBefore(Topic<?> topic) {
    // given
    Schema current = schemaOf(topic);

    for (Schema before : SchemaHistory.of(current.getName())) {
      // when
      var result = SchemaCompatibility.checkReaderWriterCompatibility(current, before).getResult();

      // then
      assertThat(result.getIncompatibilities()).isEmpty();
      assertThat(result.getCompatibility()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void recordsOfEveryVersionAreStillRead(Topic<?> topic) throws IOException {
    // given
    String record = schemaOf(topic).getName();
    int versions = SchemaHistory.of(record).size();

    for (int version = 1; version <= versions; version++) {
      byte[] golden = golden(topic, record + ".v" + version + ".bin", version == versions);

      // when
      Object read = read(topic, golden);

      // then
      assertThat(read).isEqualTo(SampleEvents.of(topic));
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void theCurrentVersionIsWrittenByteForByteAsBefore(Topic<?> topic) throws IOException {
    // given
    String record = schemaOf(topic).getName();
    String file = record + ".v" + SchemaHistory.of(record).size() + ".bin";

    // when
    byte[] written = write(topic);

    // then
    assertThat(written).isEqualTo(golden(topic, file, true));
  }

  private static byte[] golden(Topic<?> topic, String file, boolean current) throws IOException {
    byte @Nullable [] golden = resource("/golden/" + file);
    if (golden == null && current) {
      Path candidate = write("golden/" + file, write(topic));
      return fail("Check this and add it as src/test/resources/golden/%s: %s", file, candidate);
    }
    return golden == null ? fail("src/test/resources/golden/%s is missing", file) : golden;
  }

  private static byte @Nullable [] resource(String name) throws IOException {
    try (InputStream in = SchemaEvolutionTest.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static Path write(String name, byte[] content) throws IOException {
    Path file = Path.of("target").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private static <V> byte[] write(Topic<V> topic) {
    try (Serde<V> serde = EventSerdes.singleObject().of(topic)) {
      return serde.serializer().serialize(topic.name(), SampleEvents.of(topic));
    }
  }

  private static <V> V read(Topic<V> topic, byte[] bytes) {
    try (Serde<V> serde = EventSerdes.singleObject().of(topic)) {
      return serde.deserializer().deserialize(topic.name(), bytes);
    }
  }

  private static Schema schemaOf(Topic<?> topic) {
    return SpecificData.get().getSchema(topic.value());
  }
}
