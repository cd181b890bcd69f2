package io.voxtag.scoring;

import io.voxtag.scoring.LegState.Statement;
import io.voxtag.scoring.Ruling.Stage;
import io.voxtag.scoring.Ruling.State;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the smoothed voice of a turn with the enrolled voiceprints and names the nearest one
 * where its score reaches the threshold of the model. Scores are on the scale of the index; how
 * alike two windows of a leg are is always a cosine.
 *
 * <p>Smoothing ends where somebody else seems to speak: where a window is unlike the voice of the
 * turn so far, or is clearly nearer to another enrolled speaker than to the one that was named.
 * Gives no posterior. Thread-safe.
 */
public final class SmoothedThresholdDecision implements Decision<LegState> {

  private static final int CANDIDATES = 5;
  // Windows overlap, so a smaller lead of another speaker is within the noise of one window.
  private static final float CLEAR_LEAD = 0.05f;
  // The deviation of a voice's nearest strangers is about that much.
  private static final float CLEAR_LEAD_NORMALISED = 1;

  private final DecisionProfile profile;
  private final float clearLead;

  /**
   * A decision with the thresholds of a model.
   *
   * @param profile on the same scale as the index whose snapshots it is given
   */
  public SmoothedThresholdDecision(DecisionProfile profile) {
    this.profile = profile;
    this.clearLead =
        profile.scoreNorm().method() == ScoreNormProfile.Method.NONE
            ? CLEAR_LEAD
            : CLEAR_LEAD_NORMALISED;
  }

  @Override
  public LegState start() {
    return LegState.START;
  }

  @Override
  public byte[] write(LegState state) {
    return state.write();
  }

  @Override
  public LegState read(byte[] bytes) {
    return LegState.read(bytes);
  }

  @Override
  public Verdict<LegState> decide(
      SpeechWindow window, VoiceprintSnapshot voiceprints, LegState state) {
    float[] vector = window.vector();
    return vector == null
        ? withoutSpeech(window, state)
        : withSpeech(window, vector, voiceprints, state);
  }

  private Verdict<LegState> withoutSpeech(SpeechWindow window, LegState state) {
    Statement statement =
        next(state.last(), state.last(), State.INSUFFICIENT_SPEECH, null, window.startMs());
    Ruling ruling = ruling(statement, stage(statement), List.of());
    return new Verdict<>(
        ruling, new LegState(statement, state.voiced(), state.turn(), state.unknown()));
  }

  private Verdict<LegState> withSpeech(
      SpeechWindow window, float[] vector, VoiceprintSnapshot voiceprints, LegState state) {
    List<Candidate> now = voiceprints.matches(vector, CANDIDATES);
    Turn before = state.turn();
    boolean goesOn = before != null && goesOn(before, state.voiced(), vector, now);
    Turn turn =
        before != null && goesOn ? before.with(vector, profile.smoothing()) : Turn.of(vector);
    List<Candidate> candidates =
        turn.windows() == 1 ? now : voiceprints.matches(turn.recent(), CANDIDATES);

    if (!candidates.isEmpty() && candidates.get(0).score() >= profile.threshold()) {
      String speaker = candidates.get(0).speakerId();
      return rule(
          window,
          state,
          turn,
          goesOn,
          State.IDENTIFIED,
          speaker,
          candidates,
          state.unknown().interrupted());
    }
    UnknownVoice voice = unknownVoice(state, goesOn, turn, vector, window.index());
    return rule(
        window,
        state,
        turn,
        goesOn,
        State.UNKNOWN,
        voice.name(),
        candidates,
        state.unknown().heard(voice, profile.confirmWindows()));
  }

  private Verdict<LegState> rule(
      SpeechWindow window,
      LegState before,
      Turn turn,
      boolean goesOn,
      State state,
      String speaker,
      List<Candidate> candidates,
      UnknownVoices unknown) {
    Statement voiced = before.voiced();
    Statement statement = next(before.last(), voiced, state, speaker, window.startMs());
    boolean takesBack =
        goesOn && voiced != null && !voiced.says(state, speaker) && confirmed(voiced);
    Stage stage = takesBack ? Stage.REVISED : stage(statement);
    return new Verdict<>(
        ruling(statement, stage, candidates), new LegState(statement, statement, turn, unknown));
  }

  /** Whether the window seems to be of the same voice as the turn so far. */
  private boolean goesOn(
      Turn turn, @Nullable Statement voiced, float[] vector, List<Candidate> now) {
    if (UnitVectors.cosine(turn.voice(), vector) < profile.sameVoiceThreshold()) {
      return false;
    }
    if (voiced == null || voiced.state() != State.IDENTIFIED || now.isEmpty()) {
      return true;
    }
    Candidate best = now.get(0);
    return best.speakerId().equals(voiced.speaker())
        || best.score() < profile.threshold()
        || scoreOf(voiced.speaker(), now) >= best.score() - clearLead;
  }

  private static float scoreOf(@Nullable String speaker, List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> candidate.speakerId().equals(speaker))
        .findFirst()
        .map(Candidate::score)
        .orElse(Float.NEGATIVE_INFINITY);
  }

  private UnknownVoice unknownVoice(
      LegState state, boolean goesOn, Turn turn, float[] vector, long window) {
    UnknownVoices unknown = state.unknown();
    Statement voiced = state.voiced();
    Optional<UnknownVoice> known = Optional.empty();
    if (goesOn && voiced != null && voiced.state() == State.UNKNOWN) {
      known =
          unknown.voices().stream()
              .filter(voice -> voice.name().equals(voiced.speaker()))
              .findFirst();
    }
    return known
        .or(() -> unknown.nearest(turn.recent(), profile.sameVoiceThreshold()))
        .map(voice -> voice.with(vector, window))
        .orElseGet(() -> unknown.next(turn.recent(), window));
  }

  private static Statement next(
      @Nullable Statement last,
      @Nullable Statement counted,
      State state,
      @Nullable String speaker,
      long startMs) {
    long since = last != null && last.says(state, speaker) ? last.sinceMs() : startMs;
    int agreeing = counted != null && counted.says(state, speaker) ? counted.agreeing() + 1 : 1;
    return new Statement(state, speaker, since, agreeing);
  }

  private boolean confirmed(Statement statement) {
    return statement.agreeing() >= profile.confirmWindows();
  }

  private Stage stage(Statement statement) {
    return confirmed(statement) ? Stage.CONFIRMED : Stage.PROVISIONAL;
  }

  private static Ruling ruling(Statement statement, Stage stage, List<Candidate> candidates) {
    Float score = candidates.isEmpty() ? null : candidates.get(0).score();
    return new Ruling(
        statement.state(),
        stage,
        statement.speaker(),
        statement.sinceMs(),
        score,
        null,
        candidates);
  }
}
