package io.voxtag.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/topics.md says what the code says. */
class TopicReferenceTest {

  private static final Path REFERENCE = Path.of("..", "docs", "topics.md");

  @Test
  void theReferenceListsEveryTopicAsDefined() throws IOException {
    // given
    List<String> documented =
        Files.readAllLines(REFERENCE).stream()
            .dropWhile(line -> !line.startsWith("| topic |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    // when
    List<String> defined = Topics.all().stream().map(TopicReferenceTest::row).toList();

    // then
    assertThat(documented).containsExactlyElementsOf(defined);
  }

  private static String row(Topic<?> topic) {
    boolean raw = topic.value() == byte[].class;
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %d | %s | %s |",
        topic.name(),
        topic.key(),
        raw ? "as it came" : "`" + topic.value().getSimpleName() + "`",
        topic.partitions(),
        topic.retention(),
        size(topic.maxMessageBytes()));
  }

  private static String size(int bytes) {
    return bytes % (1024 * 1024) == 0 ? bytes / (1024 * 1024) + " MiB" : bytes / 1024 + " KiB";
  }
}
