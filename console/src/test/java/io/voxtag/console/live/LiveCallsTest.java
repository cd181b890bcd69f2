package io.voxtag.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import io.voxtag.console.Tags;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCallsTest {

  private static final Instant BEGIN = Instant.parse("2026-11-28T10:00:00Z");

  private Instant now = BEGIN.plusSeconds(60);
  private final LiveCalls calls = new LiveCalls(3, 10, Duration.ofMinutes(15), () -> now);

  private static Tags leg(String call, int channel) {
    return new Tags(call, channel, call + "-" + channel, BEGIN);
  }

  private List<Stretch> stretches() {
    return calls.snapshot().get(0).legs().get(0).stretches();
  }

  @Test
  void windows_that_say_the_same_are_one_stretch_without_overlaps() {
    // given
    Tags leg = leg("a", 0);

    // when
    calls.add(leg.silent());
    calls.add(leg.identified("ann", TagStage.PROVISIONAL, 0.6f));
    calls.add(leg.identified("ann", TagStage.PROVISIONAL, 0.8f));
    calls.add(leg.identified("ann", TagStage.CONFIRMED, 0.97f));

    // then
    assertThat(stretches())
        .extracting(Stretch::fromMs, Stretch::toMs, Stretch::state, Stretch::stage)
        .containsExactly(
            tuple(0L, 3000L, TagState.INSUFFICIENT_SPEECH, TagStage.PROVISIONAL),
            tuple(3000L, 5000L, TagState.IDENTIFIED, TagStage.PROVISIONAL),
            tuple(5000L, 6000L, TagState.IDENTIFIED, TagStage.CONFIRMED));
    assertThat(stretches().get(1).posterior()).isCloseTo(0.7f, offset(1e-6f));
    assertThat(stretches().get(1).windows()).isEqualTo(2);
  }

  @Test
  void a_tag_that_comes_again_changes_nothing() {
    Tags leg = leg("a", 0);
    SpeakerTag tag = leg.unknown("unknown-1");

    assertThat(calls.add(tag)).isTrue();
    assertThat(calls.add(tag)).isFalse();
    assertThat(stretches()).hasSize(1);
  }

  @Test
  void only_what_changed_is_told_and_once() {
    // given
    Tags leg = leg("a", 0);
    calls.add(leg.silent());
    calls.add(leg.unknown("unknown-1"));
    assertThat(calls.changes().calls().get(0).legs().get(0).stretches()).hasSize(2);

    // when
    calls.add(leg.unknown("unknown-1"));

    // then
    CallChanges changes = calls.changes();
    assertThat(changes.calls().get(0).legs().get(0).stretches())
        .extracting(Stretch::number, Stretch::toMs)
        .containsExactly(tuple(1, 5000L));
    assertThat(calls.changes().isEmpty()).isTrue();
  }

  @Test
  void an_id_that_comes_again_after_its_end_is_another_call() {
    calls.add(leg("a", 0).ending().silent());
    calls.add(new Tags("a", 0, "later", BEGIN.plusSeconds(20)).silent());

    assertThat(calls.snapshot()).extracting(CallView::callId).containsExactly("a", "a");
    assertThat(calls.snapshot()).extracting(CallView::ended).containsExactly(false, true);
  }

  @Test
  void a_leg_that_is_taken_over_ends_and_its_call_goes_on() {
    calls.add(leg("a", 0).silent());
    calls.add(new Tags("a", 0, "second", BEGIN.plusSeconds(5)).silent());

    assertThat(calls.snapshot()).hasSize(1);
    assertThat(calls.snapshot().get(0).legs())
        .extracting(LegView::streamId, LegView::ended)
        .containsExactly(tuple("a-0", true), tuple("second", false));
  }

  @Test
  void of_too_many_calls_those_that_ended_go_first() {
    // given
    calls.add(leg("a", 0).silent());
    calls.add(leg("b", 0).ending().silent());
    calls.add(leg("c", 0).silent());

    // when
    calls.add(leg("d", 0).silent());

    // then
    assertThat(calls.snapshot())
        .extracting(CallView::callId)
        .containsExactlyInAnyOrder("a", "c", "d");
    assertThat(calls.changes().gone()).hasSize(1);
  }

  @Test
  void of_too_many_stretches_the_oldest_go() {
    Tags leg = leg("a", 0);
    for (int i = 0; i < 30; i++) {
      calls.add(i % 2 == 0 ? leg.silent() : leg.unknown("unknown-1"));
    }

    assertThat(stretches()).hasSize(10);
    assertThat(calls.snapshot().get(0).legs().get(0).firstKept()).isEqualTo(20);
  }

  @Test
  void ended_calls_stay_for_a_while_and_silent_ones_end() {
    // given
    calls.add(leg("a", 0).silent());

    // when
    now = BEGIN.plus(Duration.ofMinutes(4));
    calls.tidy();

    // then
    assertThat(calls.snapshot()).extracting(CallView::ended).containsExactly(true);
    assertThat(calls.changes().calls()).hasSize(1);

    // when
    now = BEGIN.plus(Duration.ofMinutes(20));
    calls.tidy();

    // then
    assertThat(calls.snapshot()).isEmpty();
    assertThat(calls.changes().gone()).hasSize(1);
    assertThat(calls.captured(new LegId("a", 0, "a-0"), 0, 1000)).isEmpty();
  }

  @Test
  void the_time_of_a_stretch_is_known_well_enough_to_find_its_audio() {
    Tags leg = leg("a", 0);
    for (int i = 0; i < 10; i++) {
      calls.add(leg.unknown("unknown-1"));
    }

    CaptureSpan span = calls.captured(new LegId("a", 0, "a-0"), 4000, 6000).orElseThrow();

    assertThat(span.from()).isBeforeOrEqualTo(BEGIN.plusSeconds(4));
    assertThat(span.to()).isAfterOrEqualTo(BEGIN.plusSeconds(6));
  }

  @Test
  void names_that_nobody_can_have_are_not_kept() {
    assertThat(calls.add(leg("x".repeat(300), 0).silent())).isFalse();
    assertThat(calls.snapshot()).isEmpty();
  }
}
