package io.voxtag.standalone.cli;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag tags}. */
@Command(
    name = "tags",
    description = "Follows the tags of all calls, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class TagsCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--call", paramLabel = "ID", description = "Only this call.")
  private @Nullable String call;

  @Option(
      names = "--every-window",
      description = "Print every window, not only where the speaker or the certainty changes.")
  private boolean everyWindow;

  @Option(names = "--from-beginning", description = "Begin with the oldest tag that Kafka has.")
  private boolean fromBeginning;

  @Option(
      names = "--no-follow",
      description = "With --from-beginning: end after the last tag that is there.")
  private boolean noFollow;

  @Option(names = "--json", description = "Print every window as a line of JSON.")
  private boolean json;

  TagsCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    KafkaSettings settings = kafka.reached();
    TagLines lines = new TagLines(everyWindow);
    try (TopicReader<SpeakerTag> reader =
        TopicReader.open(
            settings, Topics.SPEAKER_TAGS, fromBeginning ? From.BEGINNING : From.NOW)) {
      if (noFollow) {
        reader.readToEnd(message -> print(message.value(), lines));
        return ExitCodes.OK;
      }
      while (!Thread.currentThread().isInterrupted()) {
        reader.poll(POLL).forEach(message -> print(message.value(), lines));
      }
    }
    return ExitCodes.OK;
  }

  private void print(@Nullable SpeakerTag tag, TagLines lines) {
    if (tag == null || (call != null && !call.equals(tag.getCallId()))) {
      return;
    }
    if (json) {
      output.json(TagView.of(tag));
    } else {
      lines.of(tag).ifPresent(output::line);
    }
  }
}
