package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.training.config.DiscriminantConf;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * What changes a voice beside how it differs from one crop to the next: some recordings count more
 * in the spread inside speakers, as real calls should among many recordings of other kinds; and the
 * differences between the means of kinds of recordings count as such spread too, which turns an
 * embedding away from what tells corpora and channels apart (Aronowitz: "Inter Dataset Variability
 * Compensation for Speaker Recognition", 2014, which removes these directions; here they are
 * weighed down).
 *
 * @param weights one a sample; empty where all count alike
 * @param domains means of the kinds, all equally long
 * @param domainWeight of their spread beside that inside speakers
 */
record Nuisance(List<Double> weights, List<float[]> domains, double domainWeight) {
  /** All recordings are of one kind. */
  static final Nuisance NONE = new Nuisance(List.of(), List.of(), 0);

  Nuisance {
    weights = List.copyOf(weights);
    domains = List.copyOf(domains);
  }

  /**
   * As a configuration says it.
   *
   * @throws IllegalArgumentException if there are no recordings of a kind
   */
  static Nuisance of(CropVectors.Labelled samples, DiscriminantConf config) {
    for (String start : config.withinWeights().keySet()) {
      if (samples.paths().stream().noneMatch(path -> path.startsWith(start))) {
        throw CropVectors.noPath("discriminant_conf.within_weights has " + start);
      }
    }
    List<float[]> means =
        config.domains().stream()
            .map(
                start ->
                    samples
                        .mean(start)
                        .orElseThrow(
                            () -> CropVectors.noPath("discriminant_conf.domains has " + start)))
            .toList();
    List<Double> weights =
        samples.paths().stream().map(path -> weight(path, config.withinWeights())).toList();
    return new Nuisance(weights, means, config.domainWeight());
  }

  /** That of the longest start that matches. */
  private static double weight(String path, Map<String, Double> weights) {
    return weights.entrySet().stream()
        .filter(entry -> path.startsWith(entry.getKey()))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(1.0);
  }

  /** How much a sample counts in the spread inside its class. */
  double weight(int sample) {
    return weights.isEmpty() ? 1 : weights.get(sample);
  }

  /** Adds the covariance of the means of the kinds, weighted. */
  void addDomains(DMatrixRMaj within) {
    if (domains.isEmpty()) {
      return;
    }
    Discriminant.addScatter(
        within, domains, Discriminant.mean(domains), domainWeight / domains.size());
  }
}
