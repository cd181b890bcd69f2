package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * docs/asyncapi.yaml is what the code makes, and means what the code means. With {@code
 * -Dvoxtag.deploy.write=true} this test writes it.
 */
class AsyncApiTest {

  private static final Path FILE = DeployFiles.ROOT.resolveSibling("docs").resolve("asyncapi.yaml");

  @BeforeAll
  static void write() throws IOException {
    if (Boolean.getBoolean("voxtag.deploy.write")) {
      AsyncApi.main(new String[] {FILE.toString()});
    }
  }

  @Test
  void theFileSaysWhatTheDefinitionSays() throws IOException {
    assertThat(Files.readString(FILE))
        .as("-Dvoxtag.deploy.write=true writes it anew")
        .isEqualTo(AsyncApi.document());
  }

  @Test
  void everyTopicIsAChannelWithItsKeyAndItsSchema() throws IOException {
    JsonNode document = document();
    for (Topic<?> topic : Topics.all()) {
      JsonNode channel = document.at("/channels/" + topic.name());
      assertThat(channel.get("address").asText()).isEqualTo(topic.name());
      assertThat(channel.at("/bindings/kafka/partitions").asInt()).isEqualTo(topic.partitions());
      JsonNode message = follow(document, channel.get("messages").elements().next());
      if (topic.value() != byte[].class) {
        assertThat(message.at("/bindings/kafka/key/description").asText()).isEqualTo(topic.key());
        Path schema = FILE.resolveSibling(message.at("/payload/schema/$ref").asText()).normalize();
        assertThat(new Schema.Parser().parse(schema.toFile()))
            .isEqualTo(SpecificData.get().getSchema(topic.value()));
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    JsonNode document = document();
    List<String> references = new ArrayList<>();
    collect(document, references);
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference -> {
              if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
              } else {
                assertThat(FILE.resolveSibling(reference)).exists();
              }
            });
  }

  private static JsonNode follow(JsonNode document, JsonNode reference) {
    return document.at(reference.get("$ref").asText().substring(1));
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.get("$ref").asText());
    }
    node.forEach(child -> collect(child, references));
  }

  private static ObjectNode document() {
    return DeployFiles.documents(FILE).get(0);
  }
}
