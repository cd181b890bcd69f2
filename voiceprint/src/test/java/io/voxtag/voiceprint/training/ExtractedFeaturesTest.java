package io.voxtag.voiceprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.bundle.Safetensors;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingClip;
import io.voxtag.voiceprint.training.data.TrainingList;
import io.voxtag.voiceprint.training.features.ExtractedFeatures;
import io.voxtag.voiceprint.training.features.FeatureExtraction;
import io.voxtag.voiceprint.training.features.FeatureFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training on features that were extracted before. */
class ExtractedFeaturesTest {
  private static final String FBANK = "Fbank, method_args: {num_mel_bins: 24}";
  private static final String FEATURES = "features/train_list_features.txt";

  @TempDir Path data;
  @TempDir Path out;

  @BeforeEach
  void generateSpeakers() throws IOException {
    TinySpeakers.write(data, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        FBANK + "|false",
        "MelSpectrogram, method_args: {n_fft: 512, n_mels: 32}|true",
        "MFCC, method_args: {n_mfcc: 13}|false",
        "DecibelFbank|false"
      })
  void aWholeRecordingGivesTheNetworkWhatItGivesWithoutExtraction(String method, boolean level)
      throws IOException {
    // given
    String dataset = ", use_dB_normalization: " + level;
    TrainingConfig config = config("train_list.txt", method, dataset, "");
    extract(config);
    TrainingList list = TrainingList.read(data.resolve(FEATURES), data);
    List<Path> files =
        TrainingList.read(data.resolve("train_list.txt"), data).utterances().stream()
            .map(TrainingList.Utterance::file)
            .toList();
    // when
    List<TrainingClip> frames = ExtractedFeatures.open(data.resolve(FEATURES), list, config);
    List<AudioCache.Clip> samples = AudioCache.open(out.resolve("cache"), files, 1, 0.2).clips();
    // then
    assertThat(frames).hasSameSizeAs(samples);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(whole(config, true, frames.get(i)))
          .isEqualTo(whole(config, false, samples.get(i)));
    }
  }

  @Test
  void aCropOfFramesIsThatOfTheirSamplesAndTheClipBeginsAnewBehindItsEnd() throws IOException {
    // given
    TrainingConfig config = config("train_list.txt", FBANK, "", "");
    extract(config);
    TrainingList list = TrainingList.read(data.resolve(FEATURES), data);
    TrainingClip frames = ExtractedFeatures.open(data.resolve(FEATURES), list, config).get(3);
    AudioCache.Clip samples =
        AudioCache.open(out.resolve("cache"), List.of(data.resolve("speaker0-3.wav")), 1, 0)
            .clips()
            .get(0);
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkInput ofFrames = new NetworkInput(config.features(), true);
      NetworkInput ofSamples = new NetworkInput(config.features(), false);
      float[] crop = new float[ofFrames.cropSize(0.5, manager)];
      float[] cropSamples = new float[ofSamples.cropSize(0.5, manager)];
      assertThat(crop).hasSize(48 * 24);
      // when: 0.2 s in
      frames.read(20, crop);
      samples.read(3200, cropSamples);
      // then
      assertThat(ofFrames.ofCrops(manager, crop, 1).toFloatArray())
          .usingComparatorWithPrecision(1e-3f)
          .containsExactly(ofSamples.ofCrops(manager, cropSamples, 1).toFloatArray());
    }
    float[] around = new float[3 * 24];
    float[] first = new float[24];
    frames.read(frames.length() - 1, around);
    frames.read(0, first);
    assertThat(Arrays.copyOfRange(around, 24, 48)).isEqualTo(first);
  }

  @Test
  void aRunOnFeaturesLearnsAndGoesOnExactlyWhereItStopped() throws Exception {
    // given
    extract(config("train_list.txt", FBANK, "", ""));
    TrainingConfig config = config(FEATURES, FBANK, "", ", spec_augment: true");
    Map<Long, Double> whole = new LinkedHashMap<>();
    Map<String, float[]> weights;
    try (TrainingRun run = open("whole", config)) {
      run.run(progress -> whole.put(progress.step(), progress.loss()), null);
      weights = weights(run);
      assertThat(run.broken()).isEmpty();
    }
    assertThat(whole.get(12L)).isLessThan(whole.get(3L));
    // when
    Map<Long, Double> parts = new LinkedHashMap<>();
    try (TrainingRun run = open("parts", config)) {
      run.run(progress -> parts.put(progress.step(), progress.loss()), null, 6);
    }
    try (TrainingRun run = open("parts", config)) {
      assertThat(run.steps()).isEqualTo(6);
      run.run(progress -> parts.put(progress.step(), progress.loss()), null);
      // then
      weights(run)
          .forEach((name, values) -> assertThat(values).as(name).isEqualTo(weights.get(name)));
    }
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void testListsOfFeaturesGiveTheVectorsOfTheirRecordings() throws Exception {
    // given
    Files.writeString(data.resolve("test.txt"), "speaker0-1.wav\ta\nspeaker1-1.wav\tb\n");
    TrainingConfig recordings =
        config(
            "train_list.txt", FBANK, ", test_list: test.txt, eval_conf: {max_duration: 0.7}", "");
    extract(recordings);
    String tests = ", test_list: features/test_features.txt, eval_conf: {max_duration: 0.7}";
    Path list = data.resolve("features/test_features.txt");
    List<Path> files =
        TrainingList.read(list, data).utterances().stream()
            .map(TrainingList.Utterance::file)
            .toList();
    List<Path> wavs = List.of(data.resolve("speaker0-1.wav"), data.resolve("speaker1-1.wav"));
    List<Path> both = List.of(files.get(0), wavs.get(0), wavs.get(1), files.get(1));
    // when
    Map<Path, float[]> vectors = new LinkedHashMap<>();
    try (TrainingRun run = open("run", config(FEATURES, FBANK, tests, ", max_epoch: 1"))) {
      run.run(
          progress -> {},
          embedder -> {
            vectors.putAll(embedder.embed(both));
            return new Evaluator.Quality(0.5, 1, 0);
          });
    }
    // then
    assertThat(vectors).hasSize(4);
    for (int i = 0; i < 2; i++) {
      assertThat(vectors.get(files.get(i)))
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(vectors.get(wavs.get(i)));
    }
    TrainingConfig other = config("train_list.txt", "MFCC", tests, "");
    assertThatThrownBy(() -> open("other", other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ask for MFCC");
  }

  @Test
  void theStartAndTheEndInClosedFormTakeFeaturesToo() throws Exception {
    extract(config("train_list.txt", FBANK, "", ""));
    String whitening = "\nwhitening_conf: {crop_duration: 0.4, passes: 8, shrinkage: 0.05}";
    try (TrainingRun run = open("run", config(FEATURES, FBANK, "", "", whitening))) {
      run.run(progress -> {}, null, 2);
      assertThat(run.export(out.resolve("bundle"), "one").tensors()).isNotEmpty();
    }
  }

  @Test
  void namesTheRecordingsThatItLeavesOutAndWritesNothingElsewhere() throws IOException {
    // given
    Path root = Files.createDirectories(data.resolve("inner"));
    Files.writeString(
        root.resolve("list.tsv"),
        "../speaker0-0.wav\ta\n../broken.wav\ta\n../missing.wav\tb\n../speaker1-0.wav\tb\n");
    TrainingConfig config = config("list.tsv", FBANK, "", "");
    Path output = out.resolve("features");
    // when
    FeatureExtraction.Result result =
        new FeatureExtraction(config, root, output, 100, DeviceChoice.CPU).extract((n, of) -> {});
    // then
    assertThat(result.leftOut()).hasSize(2);
    assertThat(result.leftOut().get(0)).contains("broken.wav: ");
    assertThat(result.leftOut().get(1)).contains("missing.wav: no such file");
    FeatureExtraction.Listed list = result.lists().get(0);
    assertThat(list.hours()).isCloseTo(2 / 3600.0, within(1e-9));
    assertThat(list.speakers()).isEqualTo(2);
    assertThat(list.file()).isEqualTo(output.resolve("list_features.txt"));
    assertThat(Files.readAllLines(list.file()))
        .containsExactly(
            "elsewhere/list/0-speaker0-0.wav.safetensors\ta",
            "elsewhere/list/3-speaker1-0.wav.safetensors\tb");
    assertThat(output.resolve("elsewhere/list/0-speaker0-0.wav.safetensors")).exists();
  }

  @Test
  void aLongRecordingIsCutOffAndAShortOneLeftOut() throws IOException {
    TrainingConfig config = config("train_list.txt", FBANK, "", "");
    FeatureExtraction extraction =
        new FeatureExtraction(config, data, data.resolve("features"), 0.5, DeviceChoice.CPU);
    assertThat(extraction.extract((done, all) -> {}).lists().get(0).hours())
        .isCloseTo(16 * 0.5 / 3600, within(1e-9));
    TrainingList list = TrainingList.read(data.resolve(FEATURES), data);
    assertThat(ExtractedFeatures.open(data.resolve(FEATURES), list, config).get(0).length())
        .isEqualTo(48);

    TrainingConfig longer = config("train_list.txt", FBANK, ", min_duration: 2", "");
    assertThatThrownBy(() -> extract(longer, out.resolve("none")))
        .hasMessageContaining("speaker0-0.wav: 1.00 s is too short, the least is 2.00 s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MFCC||| preprocess_conf and dataset_conf ask for MFCC",
        "Fbank, method_args: {num_mel_bins: 30}|||{num_mel_bins=30}",
        FBANK + "|, use_dB_normalization: true||target_dB=-20",
        FBANK + "|, do_vad: true||of speech only",
        FBANK + "|, min_duration: 0.1||dataset_conf.min_duration is 0.1 but must be at least 0.2",
        FBANK + "|, chunk_duration: 20||dataset_conf.chunk_duration is 20.0 but must be at most 9",
        FBANK + "|, speeds: [1, 0.9]||dataset_conf.speeds is [1.0, 0.9] but must be [1.0]",
        FBANK + "|, crop_choices: 2||dataset_conf.crop_choices is 2 but must be 1",
        FBANK + "|, num_speakers: 7||dataset_conf.num_speakers is 7",
        FBANK + "||noise: {prob: 0, babble_prob: 0.1}|augment_conf.noise changes audio",
        FBANK + "||volume: {prob: 0.1}, reverb: {prob: 1}|augment_conf.reverb changes audio",
        FBANK + "||speed: {prob: 0, speed_perturb_3_class: true}|augment_conf.speed changes audio",
      })
  void settingsThatDoNotGoWithTheFeaturesAreRefusedWithTheirKeys(
      String method, String dataset, String augmentation, String message) throws IOException {
    // given
    TrainingConfig config = config("train_list.txt", FBANK, "", "");
    new FeatureExtraction(config, data, data.resolve("features"), 9, DeviceChoice.CPU)
        .extract((done, all) -> {});
    // when
    String section = augmentation == null ? "" : "\naugment_conf: {" + augmentation + "}";
    TrainingConfig other = config(FEATURES, method, dataset == null ? "" : dataset, "", section);
    // then
    assertThatThrownBy(() -> open("run", other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void masksOfFeaturesAndChangesThatNeverHappenAreNoObstacle() throws IOException {
    extract(config("train_list.txt", FBANK, "", ""));
    String section = "\naugment_conf: {noise: {prob: 0}, spec_aug: {prob: 1}, spec_sub: {prob: 1}}";
    try (TrainingRun run = open("run", config(FEATURES, FBANK, "", "", section))) {
      assertThat(run.stepsPerEpoch()).isEqualTo(2);
    }
  }

  @Test
  void aFolderHoldsFeaturesOfOneKind() throws IOException {
    extract(config("train_list.txt", FBANK, "", ""));
    extract(config("train_list.txt", "Fbank, method_args: {num_mel_bins: 24.0}", "", ""));
    TrainingConfig other = config("train_list.txt", "MFCC", "", "");
    assertThatThrownBy(() -> extract(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds features of other settings, Fbank {num_mel_bins=24.0}")
        .hasMessageContaining("name an empty folder");
    TrainingConfig twice = config(FEATURES, FBANK, "", "");
    assertThatThrownBy(() -> extract(twice))
        .hasMessageContaining("train_list_features.txt names features already");
  }

  @Test
  void damagedFilesAreRefusedWithWhatWouldBeRight() throws Exception {
    // given
    extract(config("train_list.txt", FBANK, "", ""));
    TrainingConfig config = config(FEATURES, FBANK, "", "");
    Path victim = data.resolve("features/speaker1-2.wav.safetensors");
    byte[] good = Files.readAllBytes(victim);
    // then
    refused(config, write(victim, "features", new float[60], 2, 30), "[2, 30] but must have F32");
    refused(config, write(victim, "features", new float[48], 48), "[48] but must have F32");
    refused(config, write(victim, "features", new float[0], 0, 24), "[0, 24] but must have F32");
    refused(config, write(victim, "other", new float[48], 2, 24), "must have one, features");
    refused(config, Files.write(victim, Arrays.copyOf(good, good.length - 4)), "cut off");
    refused(config, Files.writeString(victim, "RIFF"), "no features");
    Files.delete(victim);
    refused(config, victim, "no such file");
    Files.write(victim, good);
    Path manifest = data.resolve("features/features.json");
    String text = Files.readString(manifest);
    refused(config, Files.writeString(manifest, text.replace("24", "1e")), "");
    refused(config, Files.writeString(manifest, "{\"format\": 1}"), "feature_method");
    refused(
        config,
        Files.writeString(manifest, text.replace("\"format\" : 1", "\"format\" : 2")),
        "format is 2 but must be 1");
    Files.delete(manifest);
    refused(config, manifest, "no such file");
  }

  @Test
  void aValueThatIsNoNumberEndsTheRunWithTheFileAndTheFrame() throws Exception {
    extract(config("train_list.txt", FBANK, "", ""));
    float[] values = new float[50 * 24];
    values[49 * 24 + 3] = Float.NaN;
    Path victim = data.resolve("features/speaker1-2.wav.safetensors");
    write(victim, "features", values, 50, 24);
    try (TrainingRun run = open("run", config(FEATURES, FBANK, ", chunk_duration: 0.6", ""))) {
      assertThatThrownBy(() -> run.run(progress -> {}, null))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(victim.getFileName() + ": has NaN in frame 49");
    }
  }

  @Test
  void aListOfFeaturesAndRecordingsIsRefused() throws IOException {
    extract(config("train_list.txt", FBANK, "", ""));
    Path list = data.resolve(FEATURES);
    Files.writeString(list, Files.readString(list) + "speaker0-0.wav\tspeaker0\n");
    TrainingConfig config = config(FEATURES, FBANK, "", "");
    assertThatThrownBy(() -> open("run", config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recordings, speaker0-0.wav, but must name one or the other");
  }

  private void refused(TrainingConfig config, Path file, String message) {
    assertThatThrownBy(() -> open("run", config))
        .isInstanceOf(FeatureFileException.class)
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining(message);
  }

  private static Path write(Path file, String name, float[] values, long... shape)
      throws IOException {
    TensorData tensor = TensorData.of(name, values, shape);
    try (OutputStream stream = Files.newOutputStream(file)) {
      Safetensors.write(stream, List.of(tensor), Map.of("samples", "8000"));
    }
    return file;
  }

  private static float[] whole(TrainingConfig config, boolean extracted, TrainingClip clip) {
    float[] values = new float[clip.length() * clip.width()];
    clip.read(0, values);
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkInput input = new NetworkInput(config.features(), extracted);
      return input.ofCrops(manager, values, 1).toFloatArray();
    }
  }

  private static Map<String, float[]> weights(TrainingRun run) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    StateDict.of(run.network())
        .forEach((name, p) -> weights.put(name, p.getArray().toFloatArray()));
    return weights;
  }

  private void extract(TrainingConfig config) throws IOException {
    extract(config, data.resolve("features"));
  }

  private void extract(TrainingConfig config, Path output) throws IOException {
    new FeatureExtraction(config, data, output, 100, DeviceChoice.CPU).extract((done, all) -> {});
  }

  private TrainingRun open(String name, TrainingConfig config) throws IOException {
    return new TrainingRun(TrainingJob.of(config, data, out.resolve(name), out.resolve("cache")));
  }

  private TrainingConfig config(String list, String method, String dataset, String train)
      throws IOException {
    return config(list, method, dataset, train, "");
  }

  /**
   * A configuration.
   *
   * @param method what follows {@code feature_method}
   * @param dataset keys of {@code dataset_conf}, each after a comma, before the usual ones
   * @param train keys of {@code train_conf}, each after a comma
   * @param more sections
   */
  private TrainingConfig config(
      String list, String method, String dataset, String train, String more) throws IOException {
    String chunk = dataset.contains("chunk_duration") ? "" : ", chunk_duration: 0.5";
    String steps = train.contains("max_epoch") ? "" : "max_steps: 12, ";
    String least = dataset.contains("min_duration") ? "" : ", min_duration: 0.2";
    return TrainingConfig.read(
        Files.writeString(
            out.resolve("config.yml"),
            """
            use_model: EcapaTdnn
            dataset_conf: {train_list: %s, batch_size: 8%s}
            preprocess_conf: {feature_method: %s}
            model_conf: {channels: [16, 16, 16, 16, 48], embd_dim: 16, attention_channels: 8, se_channels: 8}
            loss_conf: {loss: AAMLoss, margin: 0.1, scale: 16}
            optimizer_conf: {learning_rate: 0.003, warmup_steps: 2}
            train_conf: {%sseed: 7, log_interval: 3%s}%s
            """
                .formatted(list, dataset + chunk + least, method, steps, train, more)));
  }
}
