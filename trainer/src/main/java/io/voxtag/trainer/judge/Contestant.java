package io.voxtag.trainer.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.evaluation.CachedEmbedder;
import io.voxtag.evaluation.FileEmbedder;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.scoring.CohortStatistics;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model that is compared with another one. Belongs to one thread. */
final class Contestant implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SpeakerModel model;
  private final ModelEmbedder embedder;
  private final FileEmbedder whole;
  private final DecisionProfile profile;
  private final ScoreNorm norm;

  private Contestant(SpeakerModel model, DecisionProfile profile, ScoreNorm norm) {
    this.model = model;
    this.profile = profile;
    this.norm = norm;
    this.embedder = new ModelEmbedder(model);
    this.whole = new CachedEmbedder(embedder);
  }

  /**
   * Loads a model.
   *
   * @throws IOException if the bundle is damaged or does not decide
   */
  static Contestant load(Path bundle, DeviceChoice device) throws IOException {
    ModelBundle opened = ModelBundle.open(bundle);
    DecisionProfile profile;
    try {
      profile = JSON.treeToValue(opened.manifest().decision(), DecisionProfile.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "model %s cannot decide: %s"
              .formatted(opened.manifest().version(), e.getOriginalMessage()),
          e);
    }
    return new Contestant(
        SpeakerModel.load(opened, device), profile, profile.norm(opened.cohort()));
  }

  String version() {
    return model.manifest().version();
  }

  DecisionProfile profile() {
    return profile;
  }

  ScoreNorm norm() {
    return norm;
  }

  FileEmbedder whole() {
    return whole;
  }

  /** Embeds the start of recordings, up to so many seconds of speech. */
  FileEmbedder ofFirst(double seconds) {
    return new CachedEmbedder(embedder.ofFirst(seconds));
  }

  /** Scores questions on the scale that the model decides on. */
  Scorer scorer(FileEmbedder testing) {
    return new Scorer(testing);
  }

  /** Remembers what has been embedded. */
  final class Scorer {

    private record Side(float[] voice, CohortStatistics statistics) {}

    private final FileEmbedder testing;
    private final Map<List<Path>, Side> models = new HashMap<>();
    private final Map<Path, Side> tests = new HashMap<>();

    private Scorer(FileEmbedder testing) {
      this.testing = testing;
    }

    double score(TrialSet.Question question) throws IOException {
      Side model = models.get(question.enrolled());
      if (model == null) {
        model = side(whole.embedAll(question.enrolled()));
        models.put(question.enrolled(), model);
      }
      Side test = tests.get(question.test());
      if (test == null) {
        test = side(testing.embed(question.test()));
        tests.put(question.test(), test);
      }
      float cosine = UnitVectors.cosine(model.voice(), test.voice());
      return norm == ScoreNorm.NONE
          ? cosine
          : model.statistics().normalise(cosine, test.statistics());
    }

    private Side side(float[] voice) {
      return new Side(voice, norm.of(voice));
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
