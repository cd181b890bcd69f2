package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The files in kubernetes/kafka are what the code makes. With {@code -Dvoxtag.deploy.write=true}
 * this test writes them.
 */
class KafkaResourcesTest {

  private static final Path FOLDER = DeployFiles.KUBERNETES.resolve("kafka");

  @BeforeAll
  static void write() throws IOException {
    if (Boolean.getBoolean("voxtag.deploy.write")) {
      KafkaResources.main(new String[] {FOLDER.toString()});
    }
  }

  @Test
  void theFilesSayWhatTheDefinitionSays() throws IOException {
    for (Map.Entry<String, String> file : KafkaResources.files().entrySet()) {
      assertThat(Files.readString(FOLDER.resolve(file.getKey())))
          .as("%s; -Dvoxtag.deploy.write=true writes it anew", file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void theFilesAreReadByWhoeverReadsYaml() {
    // Tags would name types that only their writer knows.
    assertThat(KafkaResources.files().values())
        .allSatisfy(text -> assertThat(text).doesNotContain("!<"));
  }

  @Test
  void everyTopicIsThereWithItsPartitions() {
    // when
    List<KafkaTopic> topics =
        DeployFiles.documents(FOLDER.resolve("topics.yaml")).stream()
            .map(document -> StrictTypes.read(document, KafkaTopic.class))
            .toList();

    // then
    assertThat(topics)
        .extracting(
            topic -> topic.getMetadata().getName(), topic -> topic.getSpec().getPartitions())
        .containsExactlyElementsOf(
            Topics.all().stream().map(topic -> tuple(topic.name(), topic.partitions())).toList());
  }

  @Test
  void nobodyMayDoMoreThanOneServiceDoes() {
    for (KafkaUser user : users()) {
      for (AclRule rule : acls(user)) {
        assertThat(rule.getOperations())
            .as("%s %s", user.getMetadata().getName(), rule.getResource())
            .doesNotContain(
                AclOperation.ALL,
                AclOperation.ALTER,
                AclOperation.ALTERCONFIGS,
                AclOperation.CLUSTERACTION);
      }
    }
    assertThat(writers(Topics.CALL_AUDIO)).containsExactly("voxtag-ingest");
    assertThat(writers(Topics.SPEAKER_TAGS)).containsExactly("voxtag-matcher");
    assertThat(writers(Topics.ENROLLMENTS)).containsExactly("voxtag-console", "voxtag-operator");
    assertThat(writers(Topics.SPEECH_EMBEDDINGS)).containsExactly("voxtag-embedder");
    assertThat(writers(Topics.CALL_AUDIO.dlq())).containsExactly("voxtag-embedder");
  }

  @Test
  void everyTopicHasSomebodyWhoWritesIt() {
    for (Topic<?> topic : Topics.all()) {
      assertThat(writers(topic)).as(topic.name()).isNotEmpty();
    }
  }

  private static List<String> writers(Topic<?> topic) {
    return users().stream()
        .filter(
            user ->
                acls(user).stream()
                    .anyMatch(
                        rule ->
                            rule.getResource() instanceof AclRuleTopicResource resource
                                && resource.getName().equals(topic.name())
                                && rule.getOperations().contains(AclOperation.WRITE)))
        .map(user -> user.getMetadata().getName())
        .toList();
  }

  private static List<KafkaUser> users() {
    return DeployFiles.documents(FOLDER.resolve("users.yaml")).stream()
        .map(document -> StrictTypes.read(document, KafkaUser.class))
        .toList();
  }

  private static List<AclRule> acls(KafkaUser user) {
    return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls();
  }
}
