package io.voxtag.ingest.leg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutstandingBytesTest {

  private final List<String> woken = new ArrayList<>();

  @Test
  void a_connection_is_full_at_its_own_limit_and_wakes_at_half_of_it() {
    // given
    OutstandingBytes all = new OutstandingBytes(1000);
    OutstandingBytes.Account one = all.open(100);
    one.add(60);
    assertThat(one.isFull()).isFalse();
    one.add(60);
    assertThat(one.isFull()).isTrue();

    // when
    one.whenRoom(() -> woken.add("one"));
    one.remove(60);

    // then
    assertThat(woken).isEmpty();

    // when
    one.remove(20);

    // then
    assertThat(woken).containsExactly("one");
    assertThat(all.total()).isEqualTo(40);
  }

  @Test
  void all_are_full_at_the_limit_of_all_and_wake_together_at_half_of_it() {
    // given
    OutstandingBytes all = new OutstandingBytes(100);
    OutstandingBytes.Account big = all.open(100);
    OutstandingBytes.Account small = all.open(100);
    big.add(95);
    small.add(10);
    assertThat(small.isFull()).isTrue();
    big.whenRoom(() -> woken.add("big"));
    small.whenRoom(() -> woken.add("small"));

    // when
    small.remove(10);

    // then
    assertThat(woken).isEmpty();

    // when
    big.remove(45);

    // then
    assertThat(woken).containsExactlyInAnyOrder("big", "small");
  }

  @Test
  void who_waits_when_there_is_room_wakes_at_once_and_only_once() {
    // given
    OutstandingBytes.Account one = new OutstandingBytes(100).open(100);

    // when
    one.whenRoom(() -> woken.add("one"));
    one.add(10);
    one.remove(10);

    // then
    assertThat(woken).containsExactly("one");
  }

  @Test
  void no_wake_up_is_missed_while_others_acknowledge() throws InterruptedException {
    OutstandingBytes all = new OutstandingBytes(1000);
    for (int round = 0; round < 2000; round++) {
      // given
      OutstandingBytes.Account paused = all.open(500);
      OutstandingBytes.Account other = all.open(2000);
      paused.add(400);
      other.add(700);
      CountDownLatch awake = new CountDownLatch(1);

      // when
      Thread acknowledging =
          new Thread(
              () -> {
                other.remove(700);
                paused.remove(400);
              });
      acknowledging.start();
      paused.whenRoom(awake::countDown);

      // then
      assertThat(awake.await(10, TimeUnit.SECONDS)).isTrue();
      acknowledging.join();
      assertThat(all.total()).isZero();
    }
  }
}
