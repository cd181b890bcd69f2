package io.voxtag.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersIT {

  private static final Duration DEADLINE = Duration.ofMinutes(1);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.shared();

  @Test
  void aPromotionAndATrainingAreOneRecordEach() {
    String version = TestTopics.unique("version");
    String request = TestTopics.unique("request");
    ModelVersion ready =
        ModelVersion.newBuilder()
            .setVersion(version)
            .setStatus(ModelStatus.READY)
            .setBundleUri("file:///nowhere")
            .setBundleSha256("0".repeat(64))
            .setMetrics(Map.of("eer.held-out", 0.05))
            .setAt(Instant.EPOCH)
            .build();
    try (Orders orders = new Orders(KafkaConnection.to(KAFKA.bootstrapServers()));
        TopicReader<ModelVersion> versions = KAFKA.topics().read(Topics.MODEL_VERSIONS);
        TopicReader<TrainingCommand> commands = KAFKA.topics().read(Topics.TRAINING_COMMANDS)) {
      orders.promote(ready);
      orders.train(request);
      orders.cancel(request);

      ModelVersion promoted = versions.await(version, 1, DEADLINE).get(0).value();
      assertThat(promoted.getStatus()).isEqualTo(ModelStatus.ACTIVE);
      assertThat(promoted.getMetrics()).isEqualTo(ready.getMetrics());
      assertThat(commands.await(request, 2, DEADLINE))
          .extracting(record -> record.value().getAction())
          .containsExactly(TrainingAction.START, TrainingAction.CANCEL);
    }
  }
}
