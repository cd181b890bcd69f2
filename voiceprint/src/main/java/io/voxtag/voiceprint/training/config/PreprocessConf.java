package io.voxtag.voiceprint.training.config;

import java.util.Map;

/**
 * Features.
 *
 * @param featureMethod Fbank, MelSpectrogram, Spectrogram, MFCC or KaldiMfcc
 * @param methodArgs arguments of the method
 * @param useHfModel false: features of other networks do not exist here
 */
public record PreprocessConf(
    String featureMethod, Map<String, Object> methodArgs, boolean useHfModel) {
  public PreprocessConf {
    Check.that(
        !useHfModel, "preprocess_conf.use_hf_model", true, "false: only computed features exist");
  }
}
