package io.voxtag.ingest.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.twilio.TwilioMessage.Other;
import io.voxtag.ingest.twilio.TwilioMessage.Sequenced;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwilioSequencerTest {

  @Test
  void messages_in_order_pass_at_once() throws RefusedStreamException {
    // given
    TwilioSequencer sequencer = new TwilioSequencer(2, 4);

    // then
    assertThat(offer(sequencer, 2)).containsExactly(2);
    assertThat(offer(sequencer, 3)).containsExactly(3);
    assertThat(sequencer.isWaiting()).isFalse();
  }

  @Test
  void messages_out_of_order_are_put_in_order() throws RefusedStreamException {
    // given
    TwilioSequencer sequencer = new TwilioSequencer(1, 4);

    // then
    assertThat(offer(sequencer, 3)).isEmpty();
    assertThat(offer(sequencer, 2)).isEmpty();
    assertThat(sequencer.isWaiting()).isTrue();
    assertThat(offer(sequencer, 1)).containsExactly(1, 2, 3);
    assertThat(sequencer.isWaiting()).isFalse();
  }

  @Test
  void repeats_are_seen_whether_passed_or_held() throws RefusedStreamException {
    // given
    TwilioSequencer sequencer = new TwilioSequencer(1, 4);
    offer(sequencer, 1);
    offer(sequencer, 3);

    // then
    assertThat(sequencer.isLate(message(1))).isTrue();
    assertThat(sequencer.isLate(message(3))).isTrue();
    assertThat(sequencer.isLate(message(2))).isFalse();
    assertThat(sequencer.isLate(message(4))).isFalse();
  }

  @Test
  void a_missing_message_is_given_up_when_too_many_wait_for_it() throws RefusedStreamException {
    // given
    TwilioSequencer sequencer = new TwilioSequencer(1, 3);
    offer(sequencer, 2);
    offer(sequencer, 3);
    offer(sequencer, 5);

    // then
    assertThat(offer(sequencer, 6)).containsExactly(2, 3);
    assertThat(sequencer.isWaiting()).isTrue();
    assertThat(sequencer.isLate(message(1))).isTrue();
    assertThat(offer(sequencer, 4)).containsExactly(4, 5, 6);
  }

  @Test
  void draining_gives_all_that_is_held_in_order() throws RefusedStreamException {
    // given
    TwilioSequencer sequencer = new TwilioSequencer(1, 10);
    offer(sequencer, 9);
    offer(sequencer, 3);
    offer(sequencer, 4);

    // then
    assertThat(numbers(sequencer.drain())).containsExactly(3, 4, 9);
    assertThat(offer(sequencer, 10)).containsExactly(10);
  }

  @Test
  void numbers_may_wrap_around() throws RefusedStreamException {
    // given
    TwilioSequencer sequencer = new TwilioSequencer(-2, 10);

    // when
    List<Integer> ready = new ArrayList<>(offer(sequencer, -2));
    ready.addAll(offer(sequencer, 0));
    ready.addAll(offer(sequencer, 1));
    ready.addAll(offer(sequencer, -1));

    // then
    assertThat(ready).containsExactly(-2, -1, 0, 1);
    assertThat(sequencer.isLate(message(-1))).isTrue();
  }

  @Test
  void numbers_far_from_the_others_are_refused() {
    // given
    TwilioSequencer sequencer = new TwilioSequencer(5000, 10);

    // then
    assertThatThrownBy(() -> sequencer.offer(message(6001)))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessage("sequenceNumber is 6001 where 5000 was next; must be within 1000 of it");
    assertThatThrownBy(() -> sequencer.requireNear(message(3999)))
        .isInstanceOf(RefusedStreamException.class);
  }

  private static List<Integer> offer(TwilioSequencer sequencer, int number)
      throws RefusedStreamException {
    return numbers(sequencer.offer(message(number)));
  }

  private static List<Integer> numbers(List<Sequenced> messages) {
    return messages.stream().map(Sequenced::sequence).toList();
  }

  private static Sequenced message(int number) {
    return new Other(number, "MZ0");
  }
}
