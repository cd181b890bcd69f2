package io.voxtag.console.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.event.TrainingPhase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainingRunsTest {

  private final TrainingRuns runs = new TrainingRuns();

  private static TrainingEvent event(String request, TrainingPhase phase, Double loss, long at) {
    return TrainingEvent.newBuilder()
        .setRequestId(request)
        .setPhase(phase)
        .setEpoch(1)
        .setEpochs(4)
        .setLoss(loss)
        .setAt(Instant.ofEpochMilli(at))
        .build();
  }

  @Test
  void a_run_has_its_last_phase_and_its_curve() {
    runs.add(event("r", TrainingPhase.ACCEPTED, null, 1));
    runs.add(event("r", TrainingPhase.RUNNING, 2.0, 2));
    runs.add(event("r", TrainingPhase.RUNNING, 1.5, 3));
    runs.add(event("r", TrainingPhase.PUBLISHED, null, 4));

    RunView run = runs.runs().get(0);
    assertThat(run.phase()).isEqualTo("PUBLISHED");
    assertThat(run.finished()).isTrue();
    assertThat(run.startedAt()).isEqualTo(1);
    assertThat(run.curve()).extracting(RunView.Point::loss).containsExactly(2.0, 1.5);
  }

  @Test
  void a_long_run_keeps_the_shape_of_its_curve() {
    for (int i = 0; i < 10_000; i++) {
      runs.add(event("r", TrainingPhase.RUNNING, (double) i, i));
    }

    RunView run = runs.runs().get(0);
    assertThat(run.curve())
        .hasSizeBetween(200, 400)
        .isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
    assertThat(run.curve().get(0).loss()).isZero();
    assertThat(run.curve().get(run.curve().size() - 1).loss()).isGreaterThan(9900);
  }

  @Test
  void the_newest_runs_are_kept() {
    for (int i = 0; i < 60; i++) {
      runs.add(event("r" + i, TrainingPhase.ACCEPTED, null, i));
    }

    assertThat(runs.runs()).hasSize(50);
    assertThat(runs.runs().get(0).requestId()).isEqualTo("r59");
  }
}
