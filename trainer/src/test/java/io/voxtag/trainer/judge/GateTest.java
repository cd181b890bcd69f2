package io.voxtag.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.scoring.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

  private final Gate gate = new Gate(0.0, 0.02, 0.0);

  @Test
  void aBetterModelPasses() {
    assertThat(gate.objections(judgement(comparison("held-out", 0, 0.08, 0.10, -0.03, -0.01))))
        .isEmpty();
  }

  @Test
  void aModelThatIsCertainlyWorseSomewhereDoesNot() {
    List<String> objections =
        gate.objections(
            judgement(
                comparison("held-out", 0, 0.08, 0.10, -0.03, -0.01),
                comparison("tel", 3, 0.25, 0.20, 0.02, 0.08)));

    assertThat(objections).singleElement().asString().contains("tel.3s", "20.00 %", "25.00 %");
  }

  @Test
  void anIncreaseThatMayBeAnAccidentDoesNotCount() {
    assertThat(
            gate.objections(
                judgement(
                    comparison("held-out", 0, 0.08, 0.10, -0.03, -0.01),
                    comparison("tel", 0, 0.21, 0.20, -0.01, 0.03))))
        .isEmpty();
  }

  @Test
  void aModelThatIsNoBetterDoesNot() {
    assertThat(gate.objections(judgement(comparison("held-out", 0, 0.11, 0.10, -0.01, 0.03))))
        .singleElement()
        .asString()
        .contains("held-out speakers", "+1.00 points");
  }

  @Test
  void withoutHeldOutSpeakersTheFixedListsCount() {
    assertThat(
            gate.objections(
                judgement(
                    comparison("a", 0, 0.09, 0.10, -0.02, 0.0),
                    comparison("b", 0, 0.13, 0.10, -0.01, 0.07))))
        .singleElement()
        .asString()
        .contains("fixed lists");
  }

  @Test
  void strangersMustNotBecomeSomebodyMoreOften() {
    Judgement judgement =
        new Judgement(
            "new",
            "old",
            List.of(comparison("held-out", 0, 0.08, 0.10, -0.03, -0.01)),
            Optional.of(new Identification(5, 0.10, 0.05, 0.2, 0.3)));

    assertThat(gate.objections(judgement)).singleElement().asString().contains("10.0 %", "5.0 %");
  }

  @Test
  void nothingToCompareOnIsNoReasonToPass() {
    assertThat(gate.objections(judgement()))
        .singleElement()
        .asString()
        .contains("nothing to compare it on");
  }

  private static Judgement judgement(Comparison... comparisons) {
    return new Judgement("new", "old", List.of(comparisons), Optional.empty());
  }

  private static Comparison comparison(
      String set, double seconds, double candidate, double active, double low, double high) {
    return new Comparison(
        set, seconds, 100, summary(candidate), summary(active), new Interval(low, high));
  }

  private static ErrorSummary summary(double rate) {
    return new ErrorSummary(rate, new Interval(rate - 0.01, rate + 0.01), 0.5, rate, rate);
  }
}
