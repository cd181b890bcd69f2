package io.voxtag.embedder.leg;

import io.voxtag.embedder.leg.Assembly.Arrival;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One leg from its first chunk to its last window. */
final class Leg {

  private static final long NONE = -1;

  private final LegKey key;
  private final LegSettings settings;
  private final int rate;
  private final boolean opus;
  private final int latency;
  private final Consumer<Window> windows;

  private final Assembly assembly;
  private final ChunkDecoder decoder;
  private final GridResampler resampler;
  private final WindowCutter cutter;

  private final Trail trail = new Trail();
  private final ArrayDeque<Window> unacknowledged = new ArrayDeque<>();

  private final long firstOffset;
  private long lastIrregular;
  private long lastOffset;
  private long lastActive;
  private long endAt = NONE;

  /** The chunk that was appended last: windows take their times from it. */
  private @Nullable PlacedChunk latest;

  private Leg(
      PlacedChunk first,
      LegSettings settings,
      @Nullable LegState state,
      boolean resumed,
      Consumer<Window> windows) {
    AudioChunk audio = first.audio();
    this.key = LegKey.of(audio);
    this.settings = settings;
    this.rate = audio.getSampleRate();
    this.opus = audio.getEncoding() == AudioEncoding.OPUS;
    this.windows = windows;
    this.firstOffset = state == null && !resumed ? first.offset() : NONE;
    this.lastIrregular = state == null && !resumed ? NONE : first.offset();
    long reorder = LegSettings.samples(settings.reorder(), rate);
    long next;
    if (state != null) {
      next = state.next();
    } else {
      next = !resumed && first.start() <= reorder ? 0 : first.start();
    }
    this.latency = GridResampler.latency(rate);
    long index = state != null ? state.window() : firstWindow(next);
    this.cutter = new WindowCutter(settings, index, this::window);
    this.resampler = new GridResampler(rate, next, cutter::append);
    this.decoder = new ChunkDecoder(rate);
    this.assembly =
        new Assembly(
            next,
            reorder,
            settings.reorderChunks(),
            new Assembly.Output() {
              @Override
              public void append(PlacedChunk chunk, int skip) {
                latest = chunk;
                resampler.feed(decoded(chunk, skip));
              }

              @Override
              public void gap(long samples, PlacedChunk behind) {
                latest = behind;
                resampler.silence(samples);
              }
            });
  }

  /**
   * A leg that begins, or is joined, at this chunk, which must then be accepted. It is taken for
   * the beginning where it lies so near to it that what is missing may still come.
   *
   * @param resumed whether the leg was closed before, and this is more of it
   */
  static Leg open(
      PlacedChunk first, LegSettings settings, boolean resumed, Consumer<Window> windows) {
    return new Leg(first, settings, null, resumed, windows);
  }

  /** A leg that goes on where a predecessor left it. */
  static Leg restore(
      PlacedChunk first, LegSettings settings, LegState state, Consumer<Window> windows) {
    return new Leg(first, settings, state, false, windows);
  }

  LegKey key() {
    return key;
  }

  long end() {
    return assembly.furthest();
  }

  long firstOffset() {
    return firstOffset;
  }

  long lastOffset() {
    return lastOffset;
  }

  /**
   * Whether a successor that begins at this record would misread the leg from its chunks alone,
   * because some did not simply follow each other, or those of an earlier run came before.
   */
  boolean needsStateFrom(long offset) {
    return firstOffset < offset && lastIrregular >= offset;
  }

  /**
   * Checks what only the leg knows.
   *
   * @throws ChunkRejectedException if the chunk does not fit to those before it
   */
  void check(PlacedChunk chunk) throws ChunkRejectedException {
    if (chunk.audio().getSampleRate() != rate) {
      throw new ChunkRejectedException(
          "%d Hz in a leg of %d Hz".formatted(chunk.audio().getSampleRate(), rate));
    }
    if (chunk.samples() > 0 && (chunk.encoding() == AudioEncoding.OPUS) != opus) {
      throw new ChunkRejectedException(
          "%s in a leg that %s Opus".formatted(chunk.encoding(), opus ? "is" : "is not"));
    }
    long ahead = chunk.start() - assembly.furthest();
    if (ahead > LegSettings.samples(settings.idle(), rate)) {
      throw new ChunkRejectedException(
          "start sample %d lies %d ms behind the audio before it, at most %d are believed"
              .formatted(chunk.start(), ahead * 1000 / rate, settings.idle().toMillis()));
    }
  }

  /** Notes a chunk that was refused, so that no successor begins with it. */
  void refused(PlacedChunk chunk) {
    lastOffset = chunk.offset();
    lastIrregular = chunk.offset();
  }

  /** Takes a chunk; true where it was news. */
  boolean accept(PlacedChunk chunk, long streamTime) {
    boolean quiet = assembly.isQuiet() && endAt == NONE;
    long nextBefore = assembly.next();
    lastActive = streamTime;
    lastOffset = chunk.offset();
    Arrival arrival = assembly.accept(chunk);
    if (arrival != Arrival.REPEATED) {
      trail.add(
          new Trail.Step(
              chunk.offset(), chunk.hold().streamTimeBefore(), nextBefore, quiet, chunk.end()));
    }
    // A successor that met the leg with this chunk would take its place for that of the beginning.
    boolean early =
        chunk.start() > 0 && chunk.start() <= LegSettings.samples(settings.reorder(), rate);
    if (arrival != Arrival.IN_ORDER || !quiet || early) {
      lastIrregular = chunk.offset();
    }
    if (chunk.last()) {
      endAt = Math.max(endAt, chunk.end());
    }
    return arrival != Arrival.REPEATED;
  }

  /** Whether all of it has come, up to the chunk that said it was the last. */
  boolean isComplete() {
    return endAt != NONE && assembly.next() >= endAt && assembly.isQuiet();
  }

  /** Stream time after which it is closed unless something comes, ms. */
  long deadline() {
    long grace = settings.idle().toMillis();
    return lastActive + (endAt == NONE ? grace : Math.min(grace, settings.endGrace().toMillis()));
  }

  /** Ends the leg: what is missing is lost, and the shorter last window is cut. */
  void close() {
    assembly.finish();
    resampler.finish();
    cutter.finish();
  }

  /** Whether all windows so far are acknowledged. */
  boolean isSettled() {
    while (!unacknowledged.isEmpty() && unacknowledged.getFirst().isAcknowledged()) {
      unacknowledged.removeFirst();
    }
    return unacknowledged.isEmpty();
  }

  /** Where a successor must begin to make all windows again that are not acknowledged. */
  Trail.Step checkpoint() {
    return trail.from(neededFrom(oldestUnacknowledged()));
  }

  /** The state of the leg before {@code step}, for a successor. */
  LegState state(Trail.Step step) {
    return new LegState(
        key.fingerprint(), step.offset(), step.nextBefore(), oldestUnacknowledged());
  }

  private long oldestUnacknowledged() {
    return isSettled() ? cutter.index() : unacknowledged.getFirst().index();
  }

  private void window(long index, long start, float[] samples, boolean last) {
    if (latest == null) {
      throw new IllegalStateException("a window before any chunk");
    }
    long end = (start + samples.length) * rate / LegSettings.RATE;
    long capturedAt =
        latest.audio().getCapturedAt().toEpochMilli() - (latest.end() - end) * 1000 / rate;
    Window window = new Window(key, index, start, samples, capturedAt, latest.timestamp(), last);
    unacknowledged.add(window);
    windows.accept(window);
  }

  private float[] decoded(PlacedChunk chunk, int skip) {
    try {
      float[] samples = decoder.decode(chunk);
      return skip == 0 ? samples : Arrays.copyOfRange(samples, skip, samples.length);
    } catch (ChunkRejectedException e) {
      chunk.refusal().refuse(e, chunk.hold());
      return new float[chunk.samples() - skip];
    }
  }

  private long firstWindow(long next) {
    if (next == 0) {
      return 0;
    }
    long index = next * LegSettings.RATE / rate / settings.hopSamples();
    while (neededFrom(index) < next) {
      index++;
    }
    return index;
  }

  /** The first sample of the leg that matters to a window. */
  private long neededFrom(long index) {
    long start = index * settings.hopSamples() * rate / LegSettings.RATE - latency;
    return opus ? OpusStretches.reachesBackTo(start, rate) : Math.max(0, start);
  }
}
