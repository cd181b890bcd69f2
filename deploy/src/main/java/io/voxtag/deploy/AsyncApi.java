package io.voxtag.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * All topics and the doors for call audio as an AsyncAPI 3 document, from the one definition of the
 * topics. Run with the file that it belongs into: {@code docs/asyncapi.yaml}.
 */
public final class AsyncApi {

  private static final String HEADER =
      "# Made from the code by io.voxtag.deploy.AsyncApi; changes here are lost.\n";
  private static final String AVRO = "application/vnd.apache.avro;version=1.12.0";
  private static final String DEAD_LETTER = "DeadLetter";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private AsyncApi() {}

  /** Writes the document into the file that is given. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("One argument: the file, docs/asyncapi.yaml");
    }
    Files.writeString(Path.of(args[0]), document());
  }

  /** The document as text. */
  static String document() {
    Map<String, Object> document =
        Ordered.of(
            "asyncapi", "3.0.0",
            "info", info(),
            "defaultContentType", "application/vnd.apache.avro",
            "servers", servers(),
            "channels", channels(),
            "operations", operations(),
            "components", Ordered.of("messages", messages()));
    try {
      return HEADER + YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The document cannot be written", e);
    }
  }

  /** Where the newest version of a record's schema lies, seen from docs/. */
  static String schemaFile(String record) {
    return "../schemas/src/main/resources/io/voxtag/schemas/history/%s/v%d.avsc"
        .formatted(record, newest(record));
  }

  private static int newest(String record) {
    int version = 0;
    while (Topics.class.getResource(resource(record, version + 1)) != null) {
      version++;
    }
    if (version == 0) {
      throw new IllegalStateException("No schema of " + record + " in the history");
    }
    return version;
  }

  private static String resource(String record, int version) {
    return "/io/voxtag/schemas/history/%s/v%d.avsc".formatted(record, version);
  }

  private static Map<String, Object> info() {
    return Ordered.of(
        "title",
        "Voxtag",
        "version",
        "0.1.0",
        "description",
        "Tells who is speaking on live phone calls. Audio comes in through a WebSocket for each"
            + " leg of a call, or as records on call-audio; tags go out on speaker-tags. Keys are"
            + " UTF-8 strings, values Avro records: docs/topics.md says how they are encoded.",
        "license",
        Ordered.of(
            "name", "Apache-2.0",
            "url", "https://www.apache.org/licenses/LICENSE-2.0"));
  }

  private static Map<String, Object> servers() {
    return Ordered.of(
        "kafka",
        Ordered.of(
            "host", "localhost:9092",
            "protocol", "kafka",
            "description", "voxtag.kafka.bootstrap-servers of all services"),
        "ingest",
        Ordered.of(
            "host", "localhost:8080",
            "protocol", "ws",
            "description", "The ingest service"));
  }

  private static Map<String, Object> channels() {
    Map<String, Object> channels = new Ordered();
    for (Topic<?> topic : Topics.all()) {
      channels.put(topic.name(), channel(topic));
    }
    channels.putAll(CallSockets.channels());
    return channels;
  }

  private static Map<String, Object> channel(Topic<?> topic) {
    return Ordered.of(
        "address", topic.name(),
        "description", description(topic),
        "servers", List.of(reference("/servers/kafka")),
        "messages", Ordered.of(message(topic), reference("/components/messages/" + message(topic))),
        "bindings",
            Ordered.of(
                "kafka",
                Ordered.of(
                    "topic", topic.name(),
                    "partitions", topic.partitions(),
                    "topicConfiguration", configuration(topic),
                    "bindingVersion", "0.5.0")));
  }

  private static String description(Topic<?> topic) {
    return "Key: %s. Kept: %s. Written by %s; read by %s."
        .formatted(
            topic.key(),
            topic.retention(),
            users(topic, KafkaAccess::allWrites),
            users(topic, KafkaAccess::reads));
  }

  private static String users(Topic<?> topic, Function<KafkaAccess, List<Topic<?>>> topics) {
    List<String> names =
        KafkaAccess.ALL.stream()
            .filter(access -> topics.apply(access).contains(topic))
            .map(access -> access.user().substring("voxtag-".length()))
            .toList();
    return names.isEmpty() ? "whoever looks" : String.join(", ", names);
  }

  // The binding knows some of Kafka's settings, in types of its own.
  private static Map<String, Object> configuration(Topic<?> topic) {
    SortedMap<String, Object> known = new TreeMap<>();
    TopicAdmin.configuration(topic)
        .forEach(
            (name, value) -> {
              switch (name) {
                case "cleanup.policy" -> known.put(name, List.of(value));
                case "retention.ms", "max.message.bytes" -> known.put(name, Long.valueOf(value));
                default -> {
                  // Not in the binding.
                }
              }
            });
    return known;
  }

  private static Map<String, Object> operations() {
    Map<String, Object> operations = new Ordered();
    for (KafkaAccess access :
        List.of(
            KafkaAccess.INGEST, KafkaAccess.EMBEDDER, KafkaAccess.MATCHER, KafkaAccess.TRAINER)) {
      access.reads().forEach(topic -> put(operations, access, "receive", topic));
      access.allWrites().forEach(topic -> put(operations, access, "send", topic));
    }
    operations.putAll(CallSockets.operations());
    return operations;
  }

  private static void put(
      Map<String, Object> operations, KafkaAccess access, String action, Topic<?> topic) {
    operations.put(
        access.user().substring("voxtag-".length()) + "." + action + "." + topic.name(),
        Ordered.of("action", action, "channel", reference("/channels/" + topic.name())));
  }

  private static Map<String, Object> messages() {
    Map<String, Object> messages = new Ordered();
    for (Topic<?> topic : Topics.records()) {
      Schema schema = SpecificData.get().getSchema(topic.value());
      messages.putIfAbsent(
          message(topic),
          Ordered.of(
              "name", message(topic),
              "summary", schema.getDoc(),
              "payload",
                  Ordered.of(
                      "schemaFormat",
                      AVRO,
                      "schema",
                      Ordered.of("$ref", schemaFile(message(topic)))),
              "bindings", key(topic.key())));
    }
    messages.put(DEAD_LETTER, deadLetter());
    messages.putAll(CallSockets.messages());
    return messages;
  }

  private static Map<String, Object> deadLetter() {
    Map<String, Object> headers = new Ordered();
    for (String name :
        List.of("reason", "error-class", "topic", "partition", "offset", "timestamp")) {
      headers.put("voxtag.dlq." + name, Ordered.of("type", "string"));
    }
    return Ordered.of(
        "name",
        DEAD_LETTER,
        "summary",
        "A record that could not be processed, as it came; the headers say why.",
        "contentType",
        "application/octet-stream",
        "headers",
        Ordered.of("type", "object", "properties", headers),
        "bindings",
        key("as in the topic that it was read from"));
  }

  private static Map<String, Object> key(String description) {
    return Ordered.of(
        "kafka",
        Ordered.of(
            "key",
            Ordered.of("type", "string", "description", description),
            "bindingVersion",
            "0.5.0"));
  }

  private static String message(Topic<?> topic) {
    return topic.value() == byte[].class ? DEAD_LETTER : topic.value().getSimpleName();
  }

  static Map<String, Object> reference(String to) {
    return Ordered.of("$ref", "#" + to);
  }

  static List<Object> references(String... to) {
    List<Object> references = new ArrayList<>();
    for (String each : to) {
      references.add(reference(each));
    }
    return references;
  }
}
