package io.voxtag.standalone.cli;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Recording;
import io.voxtag.audio.VoiceActivity;
import io.voxtag.evaluation.Library;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.diarization.DiarizationError;
import io.voxtag.scoring.diarization.GroupingSettings;
import io.voxtag.scoring.diarization.NothingToScoreException;
import io.voxtag.scoring.diarization.Segment;
import io.voxtag.scoring.diarization.ShortRecordingException;
import io.voxtag.scoring.diarization.SpeakerGrouping;
import io.voxtag.scoring.diarization.TooLittleSpeechException;
import io.voxtag.standalone.diarize.Diarization;
import io.voxtag.standalone.diarize.Diarizer;
import io.voxtag.standalone.diarize.References;
import io.voxtag.standalone.diarize.VoiceNames;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag diarize}. */
@Command(
    name = "diarize",
    description = {
      "Says who spoke when in a recording. Voices of a folder, or of the speakers enrolled in a",
      "registry that is named or runs on the data folder, get their names; others are speaker-1,",
      "speaker-2. Exits 0 if anybody speaks, 1 if nobody does."
    },
    mixinStandardHelpOptions = true)
final class DiarizeCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Parameters(paramLabel = "FILE", description = "A recording.")
  private Path file = Path.of("");

  @Option(
      names = "--library",
      paramLabel = "DIR",
      description = "Folder with a folder of recordings for each known speaker.")
  private @Nullable Path library;

  @Mixin private final RegistryOptions registry = new RegistryOptions();

  @Option(
      names = "--speakers",
      paramLabel = "N",
      description = "How many speak, where that is known.")
  private @Nullable Integer speakers;

  @Option(
      names = "--min-speakers",
      paramLabel = "N",
      defaultValue = "1",
      description = "At least so many speak. Default: ${DEFAULT-VALUE}.")
  private int minSpeakers = 1;

  @Option(
      names = "--max-speakers",
      paramLabel = "N",
      description = "At most so many speak, up to 50. Default: 10.")
  private @Nullable Integer maxSpeakers;

  @Option(
      names = "--per-channel",
      description =
          "Take each channel by itself: a call with a leg a channel. Default: their mean.")
  private boolean perChannel;

  @Mixin private final DiarizeOutputs outputs = new DiarizeOutputs();

  DiarizeCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    GroupingBounds bounds = bounds();
    String name = name();
    List<Segment> truth =
        outputs.reference() == null ? List.of() : References.read(outputs.reference(), name);
    Recording recording = AudioFiles.read(file);
    List<Diarization> channels = diarize(recording, bounds);
    List<Segment> found = channels.stream().flatMap(c -> c.segments().stream()).toList();
    DiarizationError error = outputs.reference() == null ? null : error(truth, found);
    outputs.write(output, name, perChannel, channels, recording.duration().toMillis(), error);
    return found.isEmpty() ? ExitCodes.FAILED : ExitCodes.OK;
  }

  private DiarizationError error(List<Segment> truth, List<Segment> found) {
    try {
      return DiarizationError.of(truth, found, DiarizationError.COLLAR_MS);
    } catch (NothingToScoreException e) {
      throw CommandException.failed(outputs.reference() + ": " + e.getMessage());
    }
  }

  /** How many speakers a recording may have. */
  private record GroupingBounds(int least, int most) {}

  private GroupingBounds bounds() {
    if (speakers != null && (minSpeakers != 1 || maxSpeakers != null)) {
      throw CommandException.usage("--speakers excludes --min-speakers and --max-speakers");
    }
    int least = speakers == null ? minSpeakers : speakers;
    int most =
        speakers != null
            ? speakers
            : maxSpeakers == null ? Math.max(least, GroupingSettings.DEFAULT_MAX) : maxSpeakers;
    if (least < 1 || most < least || most > GroupingSettings.MOST) {
      throw CommandException.usage(
          "%d to %d speakers: must be 1 to %d, and --min-speakers not above --max-speakers"
              .formatted(least, most, GroupingSettings.MOST));
    }
    return new GroupingBounds(least, most);
  }

  private List<Diarization> diarize(Recording recording, GroupingBounds bounds) throws IOException {
    List<Diarization> channels = new ArrayList<>();
    ModelBundle bundle = model.open();
    try (SpeakerModel speakerModel = model.load(bundle)) {
      requireRate(speakerModel);
      DecisionProfile decision = ModelOptions.decision(bundle.manifest());
      VoiceNames names =
          new VoiceNames(
              known(speakerModel), ModelOptions.norm(bundle, decision), decision.threshold());
      Meter meter = new Meter(output, "windows");
      Diarizer diarizer =
          new Diarizer(
              speakerModel::embed,
              new SpeakerGrouping(
                  GroupingSettings.forThreshold(
                      decision.cosineThreshold(), bounds.least(), bounds.most())),
              names,
              meter::at);
      for (Pcm channel : channels(recording)) {
        channels.add(diarizer.diarize(channel));
      }
      meter.done();
    } catch (TooLittleSpeechException | ShortRecordingException e) {
      throw CommandException.failed(file + ": " + e.getMessage());
    }
    return channels;
  }

  private List<Pcm> channels(Recording recording) {
    if (!perChannel) {
      return List.of(recording.mono());
    }
    List<Pcm> channels = new ArrayList<>();
    for (int i = 0; i < recording.channelCount(); i++) {
      channels.add(recording.channel(i));
    }
    return channels;
  }

  private static void requireRate(SpeakerModel model) {
    int rate = model.manifest().sampleRate();
    if (rate != VoiceActivity.SAMPLE_RATE) {
      throw CommandException.failed(
          "the model %s takes %d Hz; diarization needs one for %d Hz"
              .formatted(model.manifest().version(), rate, VoiceActivity.SAMPLE_RATE));
    }
  }

  private Map<String, float[]> known(SpeakerModel speakerModel) throws IOException {
    if (library != null) {
      Meter meter = new Meter(output, "speakers");
      Library voices = Library.of(library, new ModelEmbedder(speakerModel), meter::at);
      meter.done();
      return voices.voices();
    }
    Optional<SpeakerRegistry> running = registry.connectIfNamed();
    if (running.isEmpty()) {
      return Map.of();
    }
    try (SpeakerRegistry enrolled = running.get()) {
      return enrolled.voiceprints(speakerModel.manifest().version());
    }
  }

  /** The file's name without folder and extension, as RTTM calls it. */
  private String name() {
    return String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
  }
}
