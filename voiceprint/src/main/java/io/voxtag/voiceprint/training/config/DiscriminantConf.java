package io.voxtag.voiceprint.training.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A start in closed form, before the first step.
 *
 * @param cropDuration length of its crops, s
 * @param statisticsBatches batches that set the running statistics of normalisations
 * @param passes over all files
 * @param shrinkage of the spread inside speakers towards an even one
 * @param centreOn start of the paths of the recordings whose mean becomes the zero of embeddings;
 *     null for the mean of all
 * @param withinWeights by the start of a path, how much a crop from there counts in the spread
 *     inside speakers; the longest start that matches decides, 1 for what matches none
 * @param domains starts of the paths of kinds of recordings, as corpora and telephones are, whose
 *     differences count as spread inside speakers; empty for none
 * @param domainWeight how much these differences count beside the spread inside speakers
 */
public record DiscriminantConf(
    double cropDuration,
    int statisticsBatches,
    int passes,
    double shrinkage,
    @Nullable String centreOn,
    Map<String, Double> withinWeights,
    List<String> domains,
    @Nullable Double domainWeight) {
  private static final double DOMAIN_WEIGHT = 1;

  public DiscriminantConf {
    Check.range("discriminant_conf.crop_duration", cropDuration, 0.2, 60, " s");
    Check.range("discriminant_conf.passes", passes, 1, 100, "");
    Check.that(shrinkage > 0, "discriminant_conf.shrinkage", shrinkage, "positive");
    Check.that(
        centreOn == null || !centreOn.isBlank(),
        "discriminant_conf.centre_on",
        centreOn,
        "the start of a path of the training list");
    domains = domains == null ? List.of() : List.copyOf(domains);
    Check.that(
        domains.size() != 1 && domains.stream().noneMatch(String::isBlank),
        "discriminant_conf.domains",
        domains,
        "two starts of paths of the training list or more");
    withinWeights = withinWeights == null ? Map.of() : Map.copyOf(withinWeights);
    Check.that(
        withinWeights.values().stream().allMatch(weight -> weight > 0 && weight <= 1000),
        "discriminant_conf.within_weights",
        withinWeights,
        "weights above 0, at most 1000");
    domainWeight = domainWeight == null ? DOMAIN_WEIGHT : domainWeight;
    Check.range("discriminant_conf.domain_weight", domainWeight, 0, 1000, "");
  }
}
