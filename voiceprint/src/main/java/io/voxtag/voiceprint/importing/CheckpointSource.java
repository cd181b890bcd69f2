package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.ModelManifest.Features;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The projects whose published checkpoints can be imported. */
public enum CheckpointSource {
  /** SpeechBrain, for example {@code embedding_model.ckpt} of {@code spkrec-ecapa-voxceleb}. */
  SPEECHBRAIN(
      "speechbrain", ConfigUse.NONE, List.of("module."), List.of(), List.of(new EcapaLayout())),
  /** WeSpeaker's {@code avg_model.pt}, perhaps with its {@code config.yaml}. */
  WESPEAKER(
      "wespeaker",
      ConfigUse.OPTIONAL,
      List.of("module."),
      List.of("projection."),
      List.of(
          new WeSpeakerEcapaLayout(),
          new ResNetLayout(),
          new CampPlusLayout(),
          ERes2NetLayout.first())),
  /** 3D-Speaker's models. */
  THREE_D_SPEAKER(
      "3d-speaker",
      ConfigUse.NONE,
      List.of("module.", "embedding_model."),
      List.of("classifier."),
      List.of(
          new EcapaLayout(),
          new ResNetLayout(),
          new CampPlusLayout(),
          ERes2NetLayout.first(),
          ERes2NetLayout.second())),
  /** VoiceprintRecognition-Pytorch's {@code model.pth} with the configuration of its training. */
  VOICEPRINT_PYTORCH(
      "voiceprint-pytorch",
      ConfigUse.REQUIRED,
      List.of("module.", "_orig_mod.", "0.", "backbone."),
      List.of(),
      List.of(
          new EcapaLayout(),
          new CampPlusLayout(),
          ERes2NetLayout.first(),
          ERes2NetLayout.second(),
          new NamedLayout("TDNN", List.of("td_layer1.weight")),
          new NamedLayout("Res2Net", List.of("layer1.0.convs.0.weight", "linear.weight")),
          new NamedLayout("ResNetSE", List.of("layer1.0.se.fc.0.weight"))));

  /** Whether the configuration of the training run is read. */
  enum ConfigUse {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  private static final int SAMPLE_RATE = 16_000;

  private final String configName;
  private final ConfigUse configUse;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> containers;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> asides;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Layout> layouts;

  CheckpointSource(
      String configName,
      ConfigUse configUse,
      List<String> containers,
      List<String> asides,
      List<Layout> layouts) {
    this.configName = configName;
    this.configUse = configUse;
    this.containers = containers;
    this.asides = asides;
    this.layouts = layouts;
  }

  /** The name on the command line, for example {@code 3d-speaker}. */
  public String configName() {
    return configName;
  }

  /**
   * The source of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CheckpointSource of(String name) {
    return Arrays.stream(values())
        .filter(source -> source.configName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown source '%s'; known are %s".formatted(name, names())));
  }

  /** The names of all. */
  public static List<String> names() {
    return Arrays.stream(values()).map(CheckpointSource::configName).toList();
  }

  ConfigUse configUse() {
    return configUse;
  }

  List<Layout> layouts() {
    return layouts;
  }

  /**
   * The weights of the network itself, without the names of what it was part of in training.
   *
   * @param others gets the names of what is no part of the network
   */
  Weights network(Weights all, List<String> others) {
    Weights weights = all;
    for (String container : containers) {
      weights = weights.under(container, others);
    }
    for (String aside : asides) {
      weights = weights.without(aside, others);
    }
    return weights;
  }

  /**
   * The features that the project computes for its networks; the mean over the frames is subtracted
   * from all of them afterwards.
   *
   * @param bins of a frame
   */
  Features features(int bins) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    switch (this) {
      case SPEECHBRAIN -> {
        arguments.put("sample_rate", SAMPLE_RATE);
        arguments.put("n_mels", bins);
        return new Features("DecibelFbank", arguments);
      }
      case WESPEAKER -> {
        arguments.put("num_mel_bins", bins);
        arguments.put("window_type", "hamming");
      }
      case THREE_D_SPEAKER, VOICEPRINT_PYTORCH -> {
        arguments.put("num_mel_bins", bins);
        // Samples are from -1 to 1 there, not in the range of 16 bits.
        arguments.put("input_scale", 1);
      }
    }
    return new Features("Fbank", arguments);
  }
}
