package io.voxtag.embedder.leg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A successor makes what its predecessor did not finish, and nothing else. */
class ReplayTest {

  private static final LegSettings SETTINGS =
      new LegSettings(
          3_200,
          1_100,
          Duration.ofMillis(40),
          2,
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          Duration.ofSeconds(10));
  private static final int AMPLE = 100_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aSuccessorMakesTheUnfinishedWindowsAgainBitForBitFromEveryCrashPoint(int decade) {
    for (int seed = decade * 2; seed < decade * 2 + 2; seed++) {
      List<Traffic.Rec> records = new Traffic(seed).records();
      List<Made> undisturbed = new Run(records, Optional.empty()).upTo(records.size()).made();
      Random random = new Random(seed);
      for (int crash = 1; crash < records.size(); crash += 1 + random.nextInt(60)) {
        Run first = new Run(records, Optional.empty()).upTo(crash);
        Set<Made> safe = first.acknowledgeSome(random);
        Checkpoint checkpoint = first.legs.checkpoint(AMPLE).orElseThrow();

        Run second = new Run(records, Optional.of(checkpoint));
        int again = second.at + random.nextInt(records.size() - second.at);
        second.upTo(again);
        safe.addAll(second.acknowledgeSome(random));
        Run third =
            second.legs.checkpoint(AMPLE).map(c -> new Run(records, Optional.of(c))).orElse(second);
        third.upTo(records.size());

        String where = "seed %d crash %d again %d".formatted(seed, crash, again);
        assertThat(without(second.made(), undisturbed)).as("made up, " + where).isEmpty();
        assertThat(without(third.made(), undisturbed)).as("made up, " + where).isEmpty();
        safe.addAll(third.made());
        assertThat(without(undisturbed, safe)).as("lost, " + where).isEmpty();
        assertInOrder(third.made(), where);
      }
    }
  }

  private static Set<Made> without(Collection<Made> windows, Collection<Made> others) {
    Set<Made> rest = new HashSet<>(windows);
    rest.removeAll(new HashSet<>(others));
    return rest;
  }

  private static void assertInOrder(List<Made> made, String where) {
    Map<LegKey, Long> last = new HashMap<>();
    for (Made window : made) {
      assertThat(window.index()).as(where).isGreaterThan(last.getOrDefault(window.leg(), -1L));
      last.put(window.leg(), window.index());
    }
  }

  /** A service from its start, at a checkpoint or the first record, to its end. */
  private static final class Run {
    private final List<Traffic.Rec> records;
    private final List<Window> windows = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final PartitionLegs legs;
    private int at;

    Run(List<Traffic.Rec> records, Optional<Checkpoint> from) {
      this.records = records;
      try {
        this.legs =
            from.isEmpty()
                ? new PartitionLegs(SETTINGS, windows::add)
                : PartitionLegs.restore(SETTINGS, windows::add, from.get().metadata());
      } catch (CheckpointFormatException e) {
        throw new AssertionError(e);
      }
      while (from.isPresent()
          && at < records.size()
          && records.get(at).offset() < from.get().offset()) {
        at++;
      }
      if (at == records.size()) {
        at--;
      }
    }

    Run upTo(int end) {
      for (; at < end; at++) {
        Traffic.Rec rec = records.get(at);
        legs.accept(rec.offset(), rec.timestamp(), rec.chunk(), (reason, hold) -> holds.add(hold));
      }
      return this;
    }

    List<Made> made() {
      return windows.stream().map(Made::of).toList();
    }

    /** Acknowledges, for each leg, some of its windows from the oldest on. */
    Set<Made> acknowledgeSome(Random random) {
      Set<Made> safe = new HashSet<>();
      Set<LegKey> stopped = new HashSet<>();
      int eager = 1 + random.nextInt(20);
      for (Window window : windows) {
        if (!stopped.contains(window.leg()) && random.nextInt(eager) > 0) {
          window.acknowledge();
          safe.add(Made.of(window));
        } else {
          stopped.add(window.leg());
        }
      }
      holds.forEach(
          hold -> {
            if (random.nextInt(eager) > 0) {
              hold.release();
            }
          });
      return safe;
    }
  }
}
