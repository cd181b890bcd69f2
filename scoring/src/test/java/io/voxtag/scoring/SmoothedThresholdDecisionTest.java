package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.scoring.Decision.Verdict;
import io.voxtag.scoring.Ruling.Stage;
import io.voxtag.scoring.Ruling.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmoothedThresholdDecisionTest {

  private static final int DIMENSION = 192;
  private static final double CLEAR = 0.8;

  private final Random random = new Random(3);
  private final float[] ann = TestVectors.random(random, DIMENSION);
  private final float[] bob = TestVectors.random(random, DIMENSION);
  private final float[] stranger = TestVectors.random(random, DIMENSION);
  private final float[] otherStranger = TestVectors.random(random, DIMENSION);
  private final VoiceprintIndex index = new VoiceprintIndex(DIMENSION);
  private final Leg leg =
      new Leg(new SmoothedThresholdDecision(DecisionProfile.withThreshold(0.4)));

  @BeforeEach
  void enrol() {
    index.replaceAll(Map.of("ann", ann, "bob", bob), "1-0");
  }

  @Test
  void anEnrolledVoiceIsProvisionalFirstAndConfirmedWhenTheNextWindowAgrees() {
    // when
    Ruling first = leg.hears(TestVectors.near(random, ann, CLEAR));
    Ruling second = leg.hears(TestVectors.near(random, ann, CLEAR));

    // then
    assertRuling(first, State.IDENTIFIED, Stage.PROVISIONAL, "ann", 0);
    assertRuling(second, State.IDENTIFIED, Stage.CONFIRMED, "ann", 0);
    assertThat(second.candidates()).extracting(Candidate::speakerId).containsExactly("ann", "bob");
    assertThat(second.score()).isEqualTo(second.candidates().get(0).score()).isGreaterThan(0.7f);
    assertThat(second.posterior()).isNull();
  }

  @Test
  void aVoiceOfNobodyEnrolledIsUnknownUnderOneName() {
    // when
    for (int i = 0; i < 5; i++) {
      Ruling ruling = leg.hears(TestVectors.near(random, stranger, CLEAR));

      // then
      assertThat(ruling.state()).isEqualTo(State.UNKNOWN);
      assertThat(ruling.speaker()).isEqualTo("unknown-1");
      assertThat(ruling.stage()).isEqualTo(i == 0 ? Stage.PROVISIONAL : Stage.CONFIRMED);
    }
  }

  @Test
  void unknownVoicesKeepTheirNamesWhenTheyComeBack() {
    // given
    hear(3, stranger);
    hear(3, otherStranger);
    hear(2, ann);

    // when, then
    assertThat(hear(1, stranger).speaker()).isEqualTo("unknown-1");
    assertThat(hear(1, otherStranger).speaker()).isEqualTo("unknown-2");
    assertThat(hear(2, ann).speaker()).isEqualTo("ann");
    assertThat(hear(1, TestVectors.random(random, DIMENSION)).speaker()).isEqualTo("unknown-3");
  }

  @Test
  void oneStrangeWindowUsesUpNoName() {
    // given
    hear(2, ann);
    assertThat(hear(1, otherStranger).speaker()).isEqualTo("unknown-1");

    // when
    hear(2, ann);

    // then
    assertThat(hear(1, stranger).speaker()).isEqualTo("unknown-1");
  }

  @Test
  void silenceIsNobodyAndBreaksTheStatementButNotTheEvidence() {
    // given
    hear(3, ann);

    // when
    Ruling silence = leg.hears(null);
    Ruling moreSilence = leg.hears(null);
    Ruling again = leg.hears(TestVectors.near(random, ann, CLEAR));

    // then
    assertRuling(silence, State.INSUFFICIENT_SPEECH, Stage.PROVISIONAL, null, 3000);
    assertRuling(moreSilence, State.INSUFFICIENT_SPEECH, Stage.CONFIRMED, null, 3000);
    assertThat(silence.score()).isNull();
    assertThat(silence.candidates()).isEmpty();
    assertRuling(again, State.IDENTIFIED, Stage.CONFIRMED, "ann", 5000);
  }

  @Test
  void anotherSpeakerIsFollowedWhenMostOfAWindowIsTheirs() {
    // given
    hear(6, ann);
    float[] third = mix(ann, 2, bob, 1);
    float[] twoThirds = mix(ann, 1, bob, 2);

    // when
    Ruling first = leg.hears(third);
    Ruling second = leg.hears(twoThirds);
    Ruling whole = leg.hears(TestVectors.near(random, bob, CLEAR));

    // then
    assertRuling(first, State.IDENTIFIED, Stage.CONFIRMED, "ann", 0);
    assertRuling(second, State.IDENTIFIED, Stage.PROVISIONAL, "bob", 7000);
    assertRuling(whole, State.IDENTIFIED, Stage.CONFIRMED, "bob", 7000);
  }

  @Test
  void aStrangerWhoTakesOverIsNotTakenForTheSpeakerBefore() {
    // given
    hear(6, ann);
    leg.hears(mix(ann, 2, stranger, 1));
    leg.hears(mix(ann, 1, stranger, 2));

    // when
    Ruling first = hear(1, stranger);
    Ruling second = hear(1, stranger);

    // then
    assertThat(first.state()).isEqualTo(State.UNKNOWN);
    assertRuling(second, State.UNKNOWN, Stage.CONFIRMED, first.speaker(), first.sinceMs());
  }

  @Test
  void oneWeakWindowInATurnDoesNotLoseTheSpeaker() {
    // given
    hear(5, ann);

    // when: below the threshold of 0.4 by itself
    Ruling ruling = leg.hears(TestVectors.near(random, ann, 0.37));

    // then
    assertRuling(ruling, State.IDENTIFIED, Stage.CONFIRMED, "ann", 0);
  }

  @Test
  void whatWasConfirmedOfTheSameVoiceIsTakenBackAsRevised() {
    // given: a voice that is somewhat like ann's is confirmed to be hers
    float[] voice = TestVectors.near(random, ann, 0.6);
    leg.hears(voice);
    assertRuling(leg.hears(voice), State.IDENTIFIED, Stage.CONFIRMED, "ann", 0);

    // when: its owner is enrolled while the call goes on, just a little nearer
    index.put("carl", TestVectors.near(random, voice, 0.64), "2-0");
    Ruling revised = leg.hears(voice);
    Ruling next = leg.hears(voice);

    // then
    assertRuling(revised, State.IDENTIFIED, Stage.REVISED, "carl", 2000);
    assertRuling(next, State.IDENTIFIED, Stage.CONFIRMED, "carl", 2000);
  }

  @Test
  void withNobodyEnrolledEveryVoiceIsUnknownWithoutAScore() {
    // given
    index.replaceAll(Map.of(), "2-0");

    // when
    Ruling ruling = hear(1, ann);

    // then
    assertRuling(ruling, State.UNKNOWN, Stage.PROVISIONAL, "unknown-1", 0);
    assertThat(ruling.score()).isNull();
  }

  @Test
  void theStateIsTheSameAfterAStoreAndStaysSmallHoweverManyStrangersSpeak() {
    // given
    SmoothedThresholdDecision decision =
        new SmoothedThresholdDecision(DecisionProfile.withThreshold(0.4));
    Leg stored = new Leg(decision);
    Leg kept = new Leg(decision);

    // when
    for (int i = 0; i < 200; i++) {
      float[] vector = i % 7 == 0 ? null : TestVectors.random(new Random(i / 3), DIMENSION);
      Ruling one = stored.hears(vector);
      stored.state = decision.read(decision.write(stored.state));

      // then
      assertThat(kept.hears(vector)).isEqualTo(one);
      assertThat(decision.write(stored.state)).hasSizeLessThan(10_000);
    }
  }

  @Test
  void bytesOfSomethingElseAreRefused() {
    SmoothedThresholdDecision decision =
        new SmoothedThresholdDecision(DecisionProfile.withThreshold(0.4));
    hear(3, ann);
    byte[] state = decision.write(leg.state);

    for (int length = 0; length < state.length; length += 7) {
      byte[] cut = Arrays.copyOf(state, length);
      assertThatThrownBy(() -> decision.read(cut)).isInstanceOf(LegStateFormatException.class);
    }
    assertThatThrownBy(() -> decision.read(new byte[] {9, 0}))
        .isInstanceOf(LegStateFormatException.class)
        .hasMessageContaining("format 9");
    assertThatThrownBy(() -> decision.read(Arrays.copyOf(state, state.length + 1)))
        .isInstanceOf(LegStateFormatException.class)
        .hasMessageContaining("1 bytes too many");
  }

  @Test
  void randomVoicesAreNobodyEnrolledInALargeGallery() {
    // given
    for (int i = 0; i < 2000; i++) {
      index.put("speaker-" + i, TestVectors.random(random, DIMENSION), "g" + i);
    }

    // when
    List<State> states =
        random
            .ints(100)
            .mapToObj(i -> leg.hears(TestVectors.random(random, DIMENSION)).state())
            .toList();

    // then
    assertThat(states).containsOnly(State.UNKNOWN);
  }

  private Ruling hear(int windows, float[] voice) {
    Ruling ruling = leg.hears(TestVectors.near(random, voice, CLEAR));
    for (int i = 1; i < windows; i++) {
      ruling = leg.hears(TestVectors.near(random, voice, CLEAR));
    }
    return ruling;
  }

  private float[] mix(float[] a, double weightA, float[] b, double weightB) {
    float[] mixed = UnitVectors.combine(a, weightA, b, weightB).orElseThrow();
    return TestVectors.near(random, mixed, CLEAR);
  }

  private static void assertRuling(
      Ruling ruling, State state, Stage stage, @Nullable String speaker, long sinceMs) {
    assertThat(ruling.state()).isEqualTo(state);
    assertThat(ruling.stage()).isEqualTo(stage);
    assertThat(ruling.speaker()).isEqualTo(speaker);
    assertThat(ruling.sinceMs()).isEqualTo(sinceMs);
  }

  /** Feeds windows of 3 s every second. */
  private final class Leg {

    private final SmoothedThresholdDecision decision;
    private LegState state;
    private long next;

    Leg(SmoothedThresholdDecision decision) {
      this.decision = decision;
      this.state = decision.start();
    }

    Ruling hears(float @Nullable [] vector) {
      long start = next * 1000;
      SpeechWindow window =
          new SpeechWindow(next++, start, start + 3000, vector == null ? 0 : 2500, 20f, vector);
      Verdict<LegState> verdict = decision.decide(window, index.snapshot(), state);
      state = verdict.state();
      return verdict.ruling();
    }
  }
}
