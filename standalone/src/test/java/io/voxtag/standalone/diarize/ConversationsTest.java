package io.voxtag.standalone.diarize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.diarization.DiarizationError;
import io.voxtag.scoring.diarization.GroupingSettings;
import io.voxtag.scoring.diarization.SpeakerGrouping;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Diarization error rates of made conversations of real speech, 2 to 5 speakers each. Every other
 * speaker is for choosing settings (half 0), the others are for reporting (half 1). The report is
 * printed and kept in {@code target/diarization.txt}; {@code -Dvoxtag.conversations=16} makes more
 * of each half.
 */
class ConversationsTest {

  private static final Path SPEECH =
      Path.of(System.getProperty("voxtag.shared", "../../shared"), "data", "dev");
  private static final Path MODEL =
      Path.of(System.getProperty("voxtag.test.model", "../models/starter"));
  private static final Path REPORT = Path.of("target", "diarization.txt");
  private static final int CONVERSATIONS = Integer.getInteger("voxtag.conversations", 4);
  // Well above what the starter model reaches, far below what one voice for all gives.
  private static final double MOST_ERROR = 0.15;

  @BeforeAll
  static void needsSpeech() {
    Assumptions.assumeTrue(
        Files.isDirectory(SPEECH), "skipped: no recordings of real speech in " + SPEECH);
  }

  @Test
  void whoSpokeWhenIsFoundInConversationsOfRealSpeech() throws IOException {
    List<String> report = new ArrayList<>();
    double[] rates = new double[2];
    try (SpeakerModel model = SpeakerModel.load(MODEL, DeviceChoice.CPU)) {
      double threshold =
          new ObjectMapper()
              .treeToValue(model.manifest().decision(), DecisionProfile.class)
              .cosineThreshold();
      for (int half = 0; half < 2; half++) {
        long[] sums = new long[4];
        for (int i = 0; i < CONVERSATIONS; i++) {
          report.add(measure(model, threshold, half, i, sums));
        }
        rates[half] = (double) (sums[1] + sums[2] + sums[3]) / sums[0];
        report.add(line("half %d, all".formatted(half), sums));
      }
    }
    report.forEach(System.out::println);
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, report);
    assertThat(rates[1]).isLessThan(MOST_ERROR);
  }

  private static String measure(
      SpeakerModel model, double threshold, int half, int number, long[] sums) throws IOException {
    String corpus = number % 3 == 2 ? "so-" : "libri-";
    List<Path> folders = new ArrayList<>();
    List<Path> all =
        Conversation.list(SPEECH).stream()
            .filter(path -> path.getFileName().toString().startsWith(corpus))
            .toList();
    for (int i = half; i < all.size(); i += 2) {
      folders.add(all.get(i));
    }
    Collections.shuffle(folders, new Random(2L * number + half));
    int speakers = 2 + number % 4;
    Conversation conversation =
        Conversation.make(folders.subList(0, speakers), 60 + 30 * speakers, 2L * number + half);
    Diarizer diarizer =
        new Diarizer(
            model::embed,
            new SpeakerGrouping(
                GroupingSettings.forThreshold(threshold, 1, GroupingSettings.DEFAULT_MAX)),
            new VoiceNames(Map.of(), ScoreNorm.NONE, threshold),
            (done, of) -> {});
    Diarization found = diarizer.diarize(conversation.audio());
    DiarizationError error =
        DiarizationError.of(conversation.truth(), found.segments(), DiarizationError.COLLAR_MS);
    long[] parts = {error.speakerMs(), error.missedMs(), error.falseAlarmMs(), error.confusionMs()};
    for (int k = 0; k < parts.length; k++) {
      sums[k] += parts[k];
    }
    return line(
        "half %d, %s %d speakers, found %d"
            .formatted(half, corpus, speakers, found.speakers().size()),
        parts);
  }

  private static String line(String what, long[] parts) {
    double all = parts[0] / 100.0;
    return String.format(
        Locale.ROOT,
        "%-36s DER %5.2f %%  missed %5.2f  false alarm %5.2f  confusion %5.2f  of %.0f s",
        what,
        (parts[1] + parts[2] + parts[3]) / all,
        parts[1] / all,
        parts[2] / all,
        parts[3] / all,
        parts[0] / 1000.0);
  }
}
