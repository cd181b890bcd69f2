package io.voxtag.console.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.event.SpeakerTag;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallsTest {

  private final Calls calls = new Calls(2, 3, Duration.ofMinutes(10));

  @Test
  void ofMoreCallsThoseThatWereHeardLastStay() {
    calls.take(TestTags.tag("a", 0, "s", 0, "ann"), 1);
    calls.take(TestTags.tag("b", 0, "s", 0, "bob"), 2);
    calls.take(TestTags.tag("a", 0, "s", 1, "ann"), 3);
    calls.take(TestTags.tag("c", 0, "s", 0, "cyd"), 4);

    assertThat(calls.all(5)).extracting(TagView::call).containsExactly("a", "a", "c");
  }

  @Test
  void ofMoreWindowsOfALegTheNewestStay() {
    for (int i = 0; i < 5; i++) {
      calls.take(TestTags.tag("a", 0, "s", i, "ann"), i);
      calls.take(TestTags.tag("a", 1, "s", i, "bob"), i);
    }

    assertThat(calls.all(5)).extracting(TagView::index).containsExactly(2L, 3L, 4L, 2L, 3L, 4L);
  }

  @Test
  void aCallOfWhichNothingIsHeardIsForgotten() {
    calls.take(TestTags.tag("a", 0, "s", 0, "ann"), 0);

    assertThat(calls.all(Duration.ofMinutes(10).toMillis())).hasSize(1);
    assertThat(calls.all(Duration.ofMinutes(10).toMillis() + 1)).isEmpty();
  }

  @Test
  void aNewCallUnderAnOldNameStartsAfresh() {
    calls.take(TestTags.tag("a", 0, "first", 7, "ann"), 0);
    calls.take(TestTags.tag("a", 0, "second", 0, "bob"), 1);

    assertThat(calls.all(2)).extracting(TagView::speaker).containsExactly("bob");
  }

  @Test
  void aLegThatNobodyCanCountIsNotKept() {
    for (int leg = 0; leg < 1000; leg++) {
      calls.take(TestTags.tag("a", leg, "s", 0, "ann"), 0);
    }

    assertThat(calls.all(1)).hasSizeLessThan(100);
  }

  @Test
  void aScoreThatIsNoNumberIsNone() {
    TagView view =
        calls.take(
            SpeakerTag.newBuilder(TestTags.tag("a", 0, "s", 0, "ann")).setScore(Float.NaN).build(),
            0);

    assertThat(view.score()).isNull();
  }

  @Test
  void boundsThatLeaveNothingAreRefused() {
    assertThatThrownBy(() -> new Calls(0, 3, Duration.ofMinutes(1)))
        .hasMessageContaining("voxtag.console.calls is 0");
  }
}
