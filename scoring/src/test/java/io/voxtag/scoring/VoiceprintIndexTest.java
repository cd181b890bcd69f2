package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VoiceprintIndexTest {

  private static final int DIMENSION = 21;

  private final Random random = new Random(11);

  @Test
  void findsTheSameSpeakersAsComparingWithEachInTurn() {
    // given
    VoiceprintIndex index = new VoiceprintIndex(DIMENSION);
    Map<String, float[]> voiceprints = randomVoiceprints(1000);
    index.replaceAll(voiceprints, "v1");
    float[] query = TestVectors.random(random, DIMENSION);

    // when
    List<Candidate> nearest = index.snapshot().nearest(query, 5);

    // then
    List<Map.Entry<String, float[]>> expected = new ArrayList<>(voiceprints.entrySet());
    expected.sort(
        Comparator.comparingDouble(entry -> -UnitVectors.cosine(query, entry.getValue())));
    for (int i = 0; i < 5; i++) {
      assertThat(nearest.get(i).speakerId()).isEqualTo(expected.get(i).getKey());
      assertThat(nearest.get(i).score())
          .isCloseTo(UnitVectors.cosine(query, expected.get(i).getValue()), within(1e-5f));
    }
  }

  @Test
  void matchesOnTheScaleOfItsNormalisationAndStaysNearestByCosine() {
    // given
    List<float[]> cohort =
        Stream.generate(() -> TestVectors.random(random, DIMENSION)).limit(300).toList();
    AsNorm norm = new AsNorm(cohort, 40);
    VoiceprintIndex index = new VoiceprintIndex(DIMENSION, norm);
    Map<String, float[]> voiceprints = randomVoiceprints(600);
    index.replaceAll(voiceprints, "v1");
    // moves a row, with what it is measured against
    index.remove(voiceprints.keySet().iterator().next(), "v2");
    voiceprints.keySet().remove(voiceprints.keySet().iterator().next());
    float[] query = TestVectors.random(random, DIMENSION);

    // when
    List<Candidate> matches = index.snapshot().matches(query, 600);

    // then
    assertThat(matches).hasSize(599);
    for (Candidate match : matches) {
      float[] voiceprint = voiceprints.get(match.speakerId());
      double expected =
          norm.of(query).normalise(UnitVectors.cosine(query, voiceprint), norm.of(voiceprint));
      assertThat((double) match.score()).isCloseTo(expected, within(1e-3));
    }
    assertThat(matches).isSortedAccordingTo(Comparator.comparingDouble(match -> -match.score()));
    assertThat(index.snapshot().nearest(query, 1).get(0).score()).isLessThanOrEqualTo(1);
  }

  @Test
  void withoutNormalisationMatchesAreTheNearest() {
    VoiceprintIndex index = new VoiceprintIndex(DIMENSION);
    index.replaceAll(randomVoiceprints(300), "v1");
    float[] query = TestVectors.random(random, DIMENSION);

    assertThat(index.snapshot().matches(query, 7)).isEqualTo(index.snapshot().nearest(query, 7));
  }

  @Test
  void followsEveryChangeOfALongRandomHistory() {
    // given
    VoiceprintIndex index = new VoiceprintIndex(DIMENSION);
    Map<String, float[]> expected = new HashMap<>();

    // when
    for (int i = 0; i < 5000; i++) {
      String speaker = "speaker-" + random.nextInt(900);
      if (random.nextInt(3) == 0) {
        expected.remove(speaker);
        index.remove(speaker, "v" + i);
      } else {
        float[] voiceprint = TestVectors.random(random, DIMENSION);
        expected.put(speaker, voiceprint);
        index.put(speaker, voiceprint, "v" + i);
      }
    }

    // then
    VoiceprintSnapshot snapshot = index.snapshot();
    assertThat(snapshot.version()).isEqualTo("v4999");
    assertThat(snapshot.size()).isEqualTo(expected.size());
    assertThat(snapshot.voiceprints().keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (speaker, voiceprint) -> {
          assertThat(snapshot.voiceprint(speaker)).hasValue(voiceprint);
          assertThat(snapshot.nearest(voiceprint, 1).get(0).speakerId()).isEqualTo(speaker);
        });
  }

  @Test
  void aSnapshotNeverChanges() {
    // given
    VoiceprintIndex index = new VoiceprintIndex(2);
    index.put("ann", new float[] {1, 0}, "v1");
    VoiceprintSnapshot before = index.snapshot();

    // when
    index.put("ann", new float[] {0, 1}, "v2");
    index.put("bob", new float[] {1, 0}, "v3");

    // then
    assertThat(before.nearest(new float[] {1, 0}, 5)).containsExactly(new Candidate("ann", 1));
    assertThat(before.version()).isEqualTo("v1");
    assertThat(index.snapshot().nearest(new float[] {1, 0}, 5))
        .containsExactly(new Candidate("bob", 1), new Candidate("ann", 0));
  }

  @Test
  void anEmptyIndexKnowsNobody() {
    // given
    VoiceprintIndex index = new VoiceprintIndex(2);
    index.put("ann", new float[] {1, 0}, "v1");

    // when
    index.replaceAll(Map.of(), "v2");

    // then
    assertThat(index.snapshot().nearest(new float[] {1, 0}, 5)).isEmpty();
    assertThat(index.snapshot().voiceprint("ann")).isEmpty();
  }

  @Test
  void aVectorThatIsNoVoiceprintIsRefusedAndChangesNothing() {
    // given
    VoiceprintIndex index = new VoiceprintIndex(2);
    index.put("ann", new float[] {1, 0}, "v1");

    // when, then
    assertThatThrownBy(() -> index.put("bob", new float[] {1, 0, 0}, "v2"))
        .hasMessageContaining("speaker bob has 3 floats; this index holds 2");
    assertThatThrownBy(() -> index.put("bob", new float[] {1, 1}, "v2"))
        .hasMessageContaining("it must be 1");
    assertThatThrownBy(() -> index.put("bob", new float[] {Float.NaN, 1}, "v2"))
        .hasMessageContaining("NaN at position 0");
    assertThat(index.snapshot().version()).isEqualTo("v1");
    assertThat(index.snapshot().size()).isEqualTo(1);
  }

  @Test
  void readersNeverSeeHalfAChange() throws Exception {
    // given: two speakers whose voiceprints always change places together
    VoiceprintIndex index = new VoiceprintIndex(2);
    float[] east = {1, 0};
    float[] north = {0, 1};
    index.replaceAll(Map.of("ann", east, "bob", north), "even");
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                boolean even = i % 2 == 1;
                index.apply(
                    Map.of("ann", even ? east : north, "bob", even ? north : east),
                    even ? "even" : "odd");
              }
              done.set(true);
            });

    // when
    writer.start();
    int seen = 0;
    while (!done.get()) {
      VoiceprintSnapshot snapshot = index.snapshot();
      String expected = snapshot.version().equals("even") ? "ann" : "bob";
      assertThat(snapshot.nearest(east, 1)).containsExactly(new Candidate(expected, 1));
      seen++;
    }
    writer.join();

    // then
    assertThat(seen).isPositive();
  }

  private Map<String, float[]> randomVoiceprints(int count) {
    Map<String, float[]> voiceprints = new HashMap<>();
    for (int i = 0; i < count; i++) {
      voiceprints.put("speaker-" + i, TestVectors.random(random, DIMENSION));
    }
    return voiceprints;
  }
}
