package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.schemas.Topics;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.RedisResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands with a Kafka and a Redis that somebody else runs. */
class OutsideServersIT {

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();
  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  private static final Path SAMPLES = Path.of("..", "samples", "enrolment");

  @TempDir private Path folder;

  @BeforeAll
  static void needsAModel() {
    StarterModel.required();
  }

  @Test
  void upUsesThemAndClientsFindThem() throws IOException, InterruptedException, ExecutionException {
    Voxtag.run(folder, "topics", "create", "--kafka", KAFKA.bootstrapServers()).exitsWith(0);
    assertThat(topics())
        .contains(Topics.CALL_AUDIO.name(), Topics.SPEAKER_TAGS.name(), Topics.ENROLLMENTS.name());

    String data = folder.resolve("data").toString();
    String[] words = {
      "up",
      "--data",
      data,
      "--port",
      "0",
      "--kafka",
      KAFKA.bootstrapServers(),
      "--redis",
      REDIS.url()
    };
    try (Voxtag up = Voxtag.start(folder, words).awaitOutput("Voxtag is up")) {
      JsonNode running = new ObjectMapper().readTree(folder.resolve("data/running.json").toFile());
      assertThat(running.get("kafka").asText()).isEqualTo(KAFKA.bootstrapServers());
      assertThat(running.get("redis").asText()).isEqualTo(REDIS.url());

      String recording = SAMPLES.resolve("alma").resolve("1.opus").toString();
      Voxtag.run(folder, "enroll", "alma", recording, "--data", data).exitsWith(0);
      Voxtag.Result speakers = Voxtag.run(folder, "speakers", "--redis", REDIS.url(), "--json");
      assertThat(speakers.exitsWith(0).out()).contains("\"alma\"");

      up.interrupt();
    }
    assertThat(Files.exists(folder.resolve("data/kafka"))).isFalse();
  }

  @Test
  void aKafkaThatIsNotThereIsNamed() throws IOException, InterruptedException {
    Voxtag.Result result = Voxtag.run(folder, "topics", "create", "--kafka", "localhost:1");

    assertThat(result.exitsWith(3).err()).contains("localhost:1");
  }

  private static Set<String> topics() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }
}
