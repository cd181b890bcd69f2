package io.voxtag.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an evaluation found, as {@code --report} writes it. Scales of scores are called
 * {@code none} (cosines) and {@code as-norm}.
 *
 * @param model version of the model
 * @param list the trials or recordings, as they were given
 * @param scoreNorm the scale that results are read from unless another one is named
 * @param cohort voices that scores are normalised with; 0 for none
 * @param topK how many of them a voice is measured against; 0 for none
 * @param prior the one that costs were asked for
 * @param verification error rates by scale
 * @param durations error rates by seconds of speech; empty where they were not asked for
 * @param openSet identification by scale; null where it was not asked for
 * @param effort what scoring whole recordings took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationReport(
    String model,
    String list,
    String scoreNorm,
    int cohort,
    int topK,
    double prior,
    Map<String, ErrorRateReport> verification,
    List<Duration> durations,
    @Nullable OpenSetReport openSet,
    Effort effort) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Error rates of recordings cut to so much speech.
   *
   * @param seconds of speech
   * @param cut {@code test} or {@code both}: the sides that were cut
   * @param leftOut trials of recordings with less speech; null where too few are left for rates
   * @param verification error rates by scale; empty where no trials of both kinds are left
   * @param openSet identification by scale; null where it was not asked for or cannot be had
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Duration(
      double seconds,
      String cut,
      @Nullable Long leftOut,
      Map<String, ErrorRateReport> verification,
      @Nullable OpenSetReport openSet) {}

  /**
   * Open-set identification.
   *
   * @param splits how often speakers were split into enrolled ones and others
   * @param seed of the splits
   * @param galleries rates by size of the gallery, by scale
   */
  public record OpenSetReport(
      int splits, long seed, Map<String, List<IdentificationReport>> galleries) {}

  /**
   * Writes it as indented JSON.
   *
   * @param file is replaced
   */
  public void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }
}
