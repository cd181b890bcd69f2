package io.voxtag.standalone.cli;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.voiceprint.training.augment.AugmentConfig;
import io.voxtag.voiceprint.training.augment.Augmenter;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag data augment}. */
@Command(
    name = "augment",
    description = "Changes recordings as training would, to listen to.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each recording becomes WAV files at 16 kHz, NAME-1.wav and so on. The recordings are each",
      "other's babble. Masks of features cannot be heard and are not applied."
    })
final class DataAugmentCommand implements Callable<Integer> {

  private final Output output;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings.")
  private List<Path> files = List.of();

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Augmentation file, for example configs/augmentation.yml.")
  private Path config = Path.of("");

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder that noise_dir and reverb_dir begin at. Default: the working folder.")
  private Path root = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Equal seeds give equal audio. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--count",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Changed versions of each recording. Default: ${DEFAULT-VALUE}.")
  private int count = 1;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the changed recordings.")
  private Path target = Path.of("");

  DataAugmentCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw CommandException.usage("--count is " + count + " but must be at least 1");
    }
    AugmentConfig read = AugmentConfig.read(config);
    Files.createDirectories(target);
    TemporaryFolder cache = new TemporaryFolder();
    try {
      List<AudioCache.Clip> voices = AudioCache.open(cache.path(), files, 1, 0).clips();
      Augmenter opened = Augmenter.open(read, root, cache.path(), voices);
      SplittableRandom random = new SplittableRandom(seed);
      for (Path file : files) {
        float[] speech = AudioFiles.read(file).mono().resampled(AudioCache.SAMPLE_RATE).samples();
        for (int i = 1; i <= count; i++) {
          write(file, i, opened.applyWhole(speech, random.split()));
        }
      }
    } finally {
      cache.delete();
    }
    return ExitCodes.OK;
  }

  private void write(Path file, int number, float[] audio) throws IOException {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    Path to = target.resolve(name + "-" + number + ".wav");
    scaleBelowOne(audio);
    Recording recording = new Recording(new float[][] {audio}, AudioCache.SAMPLE_RATE);
    WavWriter.write(to, recording, WavWriter.Coding.PCM_16);
    output.line("wrote " + to);
  }

  /** A file holds no more than full scale; what training hears may exceed it. */
  private static void scaleBelowOne(float[] audio) {
    float peak = 1;
    for (float sample : audio) {
      peak = Math.max(peak, Math.abs(sample));
    }
    for (int i = 0; i < audio.length; i++) {
      audio[i] /= peak;
    }
  }
}
