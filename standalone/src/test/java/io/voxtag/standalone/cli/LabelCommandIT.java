package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class LabelCommandIT {

  private static final int RATE = 16_000;
  private static final Instant CHANGED = Instant.parse("2024-05-04T09:30:00Z");

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.shared();

  @TempDir private Path folder;

  private final String speaker = TestTopics.unique("ann");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aRecordingIsPublishedWithItsOriginAndAgainUnderTheSameKey() throws IOException {
    Path file = speech("monday", 3);

    assertThat(label(file, "--source", "archive 2024", "--consent", "contract")).isZero();
    assertThat(label(file, "--recorded-at", "2024-05-05T00:00:00Z")).isZero();

    List<ConsumerRecord<String, LabelledUtterance>> records = published();
    assertThat(records).hasSize(2);
    LabelledUtterance first = records.get(0).value();
    assertThat(first.getSource()).isEqualTo("archive 2024");
    assertThat(first.getConsent().getBasis()).isEqualTo("contract");
    assertThat(first.getRecordedAt()).isEqualTo(CHANGED);
    assertThat(first.getUtteranceId()).startsWith("monday-");
    byte[] audio = first.getAudio().getData().array();
    assertThat(AudioFiles.read(audio, "published").duration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(records.get(1).key()).isEqualTo(records.get(0).key());
    assertThat(records.get(1).value().getAudio()).isEqualTo(first.getAudio());
    assertThat(records.get(1).value().getRecordedAt())
        .isEqualTo(Instant.parse("2024-05-05T00:00:00Z"));
    assertThat(out.toString()).contains(first.getUtteranceId() + "  published");
  }

  @Test
  void aNameForSeveralRecordingsIsRefusedBeforeAnythingIsSent() throws IOException {
    int exitCode = label(speech("long", 70), "--utterance", "mine");

    assertThat(exitCode).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--utterance names one recording");
    assertThat(published()).isEmpty();
  }

  @Test
  void forgettingErasesWhatIsLabelledAndSaysHowMuch() throws IOException {
    assertThat(label(speech("monday", 3))).isZero();
    assertThat(label(speech("tuesday", 4), "--utterance", "mine")).isZero();
    String unreadable = new EnrollmentKey(speaker, "unreadable").encode();
    KAFKA.topics().sendRaw("labelled-utterances", unreadable, new byte[] {0});

    assertThat(run("forget", speaker)).isZero();

    assertThat(out.toString()).contains(speaker + "  recordings for training: 3 erased");
    try (TopicReader<byte[]> reader = KAFKA.topics().read(Topics.LABELLED_UTTERANCES.raw())) {
      List<ConsumerRecord<String, byte[]>> records =
          reader.await(record -> record.key().startsWith(speaker), 6, Duration.ofMinutes(1));
      assertThat(records.stream().filter(record -> record.value() == null).map(r -> r.key()))
          .hasSize(3)
          .contains(unreadable, new EnrollmentKey(speaker, "mine").encode());
    }

    assertThat(run("forget", speaker)).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("nobody is enrolled as '" + speaker + "'");
  }

  private List<ConsumerRecord<String, LabelledUtterance>> published() {
    try (TopicReader<byte[]> reader = KAFKA.topics().read(Topics.LABELLED_UTTERANCES.raw());
        var serde = EventSerdes.singleObject().of(Topics.LABELLED_UTTERANCES)) {
      return reader.toEnd().stream()
          .filter(record -> record.key().startsWith(speaker))
          .map(
              record ->
                  new ConsumerRecord<>(
                      record.topic(),
                      record.partition(),
                      record.offset(),
                      record.key(),
                      serde.deserializer().deserialize(record.topic(), record.value())))
          .toList();
    }
  }

  private Path speech(String name, int seconds) throws IOException {
    float[] samples = TestSpeech.speak(Voice.of(1), seconds, Duration.ofSeconds(seconds), RATE);
    Path file = folder.resolve(name + ".wav");
    WavWriter.write(file, new Recording(new float[][] {samples}, RATE), WavWriter.Coding.PCM_16);
    Files.setLastModifiedTime(file, FileTime.from(CHANGED));
    return file;
  }

  private int label(Path file, String... options) {
    String[] words = new String[3 + options.length];
    words[0] = "label";
    words[1] = speaker;
    words[2] = file.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return run(words);
  }

  private int run(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--kafka";
    all[words.length + 1] = KAFKA.bootstrapServers();
    return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
        .execute(all);
  }
}
