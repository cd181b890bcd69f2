package io.voxtag.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.topic.KafkaTopicBuilder;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Topics and users as files for Strimzi, from the one definition of the topics.
 *
 * <p>Run with the folder that they belong into: {@code deploy/kubernetes/kafka}.
 */
public final class KafkaResources {

  static final String API_VERSION = "kafka.strimzi.io/v1";
  static final String CLUSTER_LABEL = "strimzi.io/cluster";
  static final String CLUSTER = "voxtag";

  private static final int REPLICAS = 3;
  // With three replicas one broker may be away and every write is still on two.
  private static final int MIN_IN_SYNC = 2;
  private static final String HEADER =
      "# Made from the code by io.voxtag.deploy.KafkaResources; changes here are lost. See"
          + " docs/deploy.md.\n";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private KafkaResources() {}

  /** Writes the files into the folder that is given. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("One argument: the folder, deploy/kubernetes/kafka");
    }
    for (Map.Entry<String, String> file : files().entrySet()) {
      Files.writeString(Path.of(args[0]).resolve(file.getKey()), file.getValue());
    }
  }

  /** The files by name. */
  static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("topics.yaml", text(Topics.all().stream().map(KafkaResources::topic).toList()));
    files.put("users.yaml", text(KafkaAccess.ALL.stream().map(StrimziUsers::of).toList()));
    return files;
  }

  private static KafkaTopic topic(Topic<?> topic) {
    Map<String, Object> config = new TreeMap<>(TopicAdmin.configuration(topic));
    config.put("min.insync.replicas", Integer.toString(MIN_IN_SYNC));
    return new KafkaTopicBuilder()
        .withApiVersion(API_VERSION)
        .withNewMetadata()
        .withName(topic.name())
        .addToLabels(CLUSTER_LABEL, CLUSTER)
        .endMetadata()
        .withNewSpec()
        .withPartitions(topic.partitions())
        .withReplicas(REPLICAS)
        .withConfig(config)
        .endSpec()
        .build();
  }

  private static String text(List<? extends HasMetadata> resources) {
    List<String> documents = new ArrayList<>();
    try {
      for (HasMetadata resource : resources) {
        documents.add(YAML.writeValueAsString(resource));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A resource cannot be written", e);
    }
    return HEADER + String.join("", documents);
  }
}
