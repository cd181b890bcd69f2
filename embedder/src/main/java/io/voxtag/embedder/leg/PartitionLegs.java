package io.voxtag.embedder.leg;

import io.voxtag.schemas.event.AudioChunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All legs of one partition. Fed with its records in order, it gives their windows, in order for
 * each leg; which ones and when depends on the records alone.
 *
 * <p>A successor that is restored from a {@link Checkpoint} and fed from its offset on gives every
 * window that was not acknowledged again, bit for bit, and none that differs from the first run's.
 *
 * <p>Not thread-safe; only windows and holds may be acknowledged from elsewhere. A leg costs some
 * 110 kB with windows of 3 s.
 */
public final class PartitionLegs {

  /** Positions beyond this one are not believed: 66 days at 192 kHz. */
  private static final long MAX_START = 1L << 40;

  private static final int MIN_RATE = 4_000;
  private static final int MAX_RATE = 192_000;

  /** What becomes of a chunk. */
  public enum Outcome {
    /** It is part of its leg. */
    TAKEN,
    /** Its audio was there already, or its leg is over. */
    REPEATED,
    /** It was refused. */
    REJECTED
  }

  /** Takes the chunks that cannot be used, perhaps some records after they came. */
  @FunctionalInterface
  public interface Refusal {
    /** {@code hold} is to be released when the refused record is safe elsewhere. */
    void refuse(ChunkRejectedException reason, Hold hold);
  }

  private final LegSettings settings;
  private final Consumer<Window> windows;
  private final Map<LegKey, Leg> open = new LinkedHashMap<>();
  private final List<Leg> closing = new ArrayList<>();
  private final Map<Long, ClosedLeg> closed = new LinkedHashMap<>();
  private final Map<Long, LegState> awaited = new LinkedHashMap<>();
  private final List<Hold> holds = new ArrayList<>();

  private long position = -1;
  private long streamTime = -1;
  private long nextDeadline = Long.MAX_VALUE;

  /** A partition without a past. */
  public PartitionLegs(LegSettings settings, Consumer<Window> windows) {
    this.settings = settings;
    this.windows = windows;
  }

  /**
   * A partition that goes on from a checkpoint.
   *
   * @param metadata of the checkpoint; what was written for other window lengths is ignored
   * @throws CheckpointFormatException if it is no such metadata
   */
  public static PartitionLegs restore(
      LegSettings settings, Consumer<Window> windows, String metadata)
      throws CheckpointFormatException {
    PartitionLegs legs = new PartitionLegs(settings, windows);
    CheckpointState state = CheckpointState.decode(metadata);
    if (state.isFor(settings)) {
      legs.streamTime = state.streamTime();
      state.legs().forEach(leg -> legs.awaited.put(leg.fingerprint(), leg));
      state.closed().forEach(leg -> legs.closed.put(leg.fingerprint(), leg));
    }
    return legs;
  }

  /** Takes the next record of the partition. */
  public Outcome accept(long offset, long timestamp, AudioChunk chunk, Refusal refusal) {
    Hold hold = advance(offset, timestamp);
    Refusal held =
        (reason, kept) -> {
          holds.add(kept);
          refusal.refuse(reason, kept);
        };
    try {
      return take(new PlacedChunk(chunk, timestamp, validSamples(chunk), hold, held));
    } catch (ChunkRejectedException e) {
      held.refuse(e, hold);
      return Outcome.REJECTED;
    }
  }

  /** Passes a record that holds no chunk, and keeps the checkpoint before it until released. */
  public Hold skip(long offset, long timestamp) {
    Hold hold = advance(offset, timestamp);
    holds.add(hold);
    return hold;
  }

  /** Legs that are open. */
  public int openLegs() {
    return open.size();
  }

  /** Whether it has been given a record. */
  public boolean hasRead() {
    return position >= 0;
  }

  /**
   * Where a successor may begin now.
   *
   * @param maxMetadata the longest metadata allowed, characters
   * @return empty where no record was read yet, or where the state does not fit into {@code
   *     maxMetadata}: then an earlier checkpoint must serve for a while longer
   */
  public Optional<Checkpoint> checkpoint(int maxMetadata) {
    if (position < 0) {
      return Optional.empty();
    }
    closing.removeIf(Leg::isSettled);
    holds.removeIf(Hold::isReleased);
    awaited.values().removeIf(state -> state.offset() < position);

    long offset = position;
    long time = streamTime;
    List<Leg> unfinished = new ArrayList<>(closing);
    unfinished.addAll(open.values());
    List<Trail.Step> steps = unfinished.stream().map(Leg::checkpoint).toList();
    for (Trail.Step step : steps) {
      if (step.offset() < offset) {
        offset = step.offset();
        time = step.streamTimeBefore();
      }
    }
    for (Hold hold : holds) {
      if (hold.offset() < offset) {
        offset = hold.offset();
        time = hold.streamTimeBefore();
      }
    }
    forgetClosed(offset);
    List<LegState> states = new ArrayList<>(awaited.values());
    Set<LegKey> unfinishedKeys = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      Leg leg = unfinished.get(i);
      // A run whose predecessor must be made again follows from that one.
      if (unfinishedKeys.add(leg.key()) && leg.needsStateFrom(offset)) {
        states.add(leg.state(steps.get(i)));
      }
    }
    CheckpointState state = new CheckpointState(settings, time, states, settledClosed());
    long begin = offset;
    return state.encode(begin, maxMetadata).map(metadata -> new Checkpoint(begin, metadata));
  }

  private Hold advance(long offset, long timestamp) {
    Hold hold = new Hold(offset, streamTime);
    position = offset + 1;
    streamTime = Math.max(streamTime, timestamp);
    if (streamTime > nextDeadline) {
      closeIdle();
    }
    return hold;
  }

  private Outcome take(PlacedChunk chunk) throws ChunkRejectedException {
    LegKey key = LegKey.of(chunk.audio());
    Leg leg = open.get(key);
    if (leg == null) {
      long fingerprint = key.fingerprint();
      LegState state = awaited.get(fingerprint);
      if ((state != null && chunk.offset() < state.offset()) || isOver(fingerprint, chunk)) {
        return Outcome.REPEATED;
      }
      awaited.remove(fingerprint);
      leg =
          state == null
              ? Leg.open(chunk, settings, isRemembered(closed.get(fingerprint)), windows)
              : Leg.restore(chunk, settings, state, windows);
      open.put(key, leg);
    } else {
      check(leg, chunk);
    }
    boolean news = leg.accept(chunk, streamTime);
    nextDeadline = Math.min(nextDeadline, leg.deadline());
    if (leg.isComplete()) {
      open.remove(key);
      close(leg);
    }
    return news ? Outcome.TAKEN : Outcome.REPEATED;
  }

  private static void check(Leg leg, PlacedChunk chunk) throws ChunkRejectedException {
    try {
      leg.check(chunk);
    } catch (ChunkRejectedException e) {
      leg.refused(chunk);
      throw e;
    }
  }

  private boolean isOver(long fingerprint, PlacedChunk chunk) {
    ClosedLeg over = closed.get(fingerprint);
    return over != null
        && (chunk.offset() <= over.lastOffset()
            || (chunk.start() < over.end() && isRemembered(over)));
  }

  private boolean isRemembered(@Nullable ClosedLeg leg) {
    return leg != null && streamTime <= leg.closedAt() + settings.remember().toMillis();
  }

  private void closeIdle() {
    nextDeadline = Long.MAX_VALUE;
    for (Iterator<Leg> it = open.values().iterator(); it.hasNext(); ) {
      Leg leg = it.next();
      if (leg.deadline() < streamTime) {
        it.remove();
        close(leg);
      } else {
        nextDeadline = Math.min(nextDeadline, leg.deadline());
      }
    }
  }

  private void close(Leg leg) {
    leg.close();
    closing.add(leg);
    long fingerprint = leg.key().fingerprint();
    // Last in, last out: the latest ones are kept where room is short.
    closed.remove(fingerprint);
    closed.put(
        fingerprint,
        new ClosedLeg(fingerprint, leg.end(), streamTime, leg.lastOffset(), leg.firstOffset()));
  }

  private void forgetClosed(long checkpoint) {
    closed.values().removeIf(leg -> leg.lastOffset() < checkpoint && !isRemembered(leg));
  }

  /** Those whose windows a successor need not make again. */
  private List<ClosedLeg> settledClosed() {
    List<Long> unsettled = closing.stream().map(leg -> leg.key().fingerprint()).toList();
    return closed.values().stream().filter(leg -> !unsettled.contains(leg.fingerprint())).toList();
  }

  private int validSamples(AudioChunk chunk) throws ChunkRejectedException {
    int rate = chunk.getSampleRate();
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new ChunkRejectedException(
          "sample rate %d Hz, must be from %d to %d".formatted(rate, MIN_RATE, MAX_RATE));
    }
    if (chunk.getStartSample() < 0 || chunk.getStartSample() > MAX_START) {
      throw new ChunkRejectedException(
          "start sample %d, must be from 0 to %d".formatted(chunk.getStartSample(), MAX_START));
    }
    int samples = ChunkDecoder.samples(chunk);
    if (samples > LegSettings.samples(settings.maxChunk(), rate)) {
      throw new ChunkRejectedException(
          "a chunk of %d ms, at most %d are taken"
              .formatted(samples * 1000L / rate, settings.maxChunk().toMillis()));
    }
    return samples;
  }
}
