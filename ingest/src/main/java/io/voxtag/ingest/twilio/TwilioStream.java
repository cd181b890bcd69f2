package io.voxtag.ingest.twilio;

import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.LegFormat;
import io.voxtag.ingest.leg.LegId;
import io.voxtag.ingest.leg.LegSession;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.publish.IngestMetrics;
import io.voxtag.ingest.publish.IngestMetrics.Refusal;
import io.voxtag.ingest.socket.StreamConnection;
import io.voxtag.ingest.socket.StreamProtocol;
import io.voxtag.ingest.twilio.TwilioMessage.Media;
import io.voxtag.ingest.twilio.TwilioMessage.Sequenced;
import io.voxtag.ingest.twilio.TwilioMessage.Start;
import io.voxtag.ingest.twilio.TwilioMessage.Stop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One Twilio media stream: a leg for each track that has audio. */
public final class TwilioStream implements StreamProtocol {

  private record Leg(LegSession session, TrackClock clock) {}

  private final StreamConnection connection;
  private final IngestMetrics metrics;
  private final int window;
  private final Duration wait;
  private final Predicate<@Nullable String> admits;
  private final Map<Track, Leg> legs = new EnumMap<>(Track.class);

  private @Nullable Start start;
  private @Nullable TwilioSequencer sequencer;
  private boolean timerSet;
  private boolean stopped;

  /**
   * @param window most messages held back for a missing one
   * @param wait how long a missing message is waited for
   * @param admits whether a stream is taken that shows this token, or none
   */
  public TwilioStream(
      StreamConnection connection,
      IngestMetrics metrics,
      int window,
      Duration wait,
      Predicate<@Nullable String> admits) {
    this.connection = connection;
    this.metrics = metrics;
    this.window = window;
    this.wait = wait;
    this.admits = admits;
  }

  @Override
  public void onText(String text) throws RefusedStreamException {
    TwilioMessage message = TwilioMessages.parse(text);
    if (message instanceof Start begin) {
      begin(begin);
    } else if (message instanceof Sequenced sequenced) {
      accept(sequenced);
    }
  }

  @Override
  public void onBinary(byte[] message) throws RefusedStreamException {
    throw new RefusedStreamException(
        Closing.UNSUPPORTED, "binary message; Twilio streams are JSON in text messages");
  }

  @Override
  public void onEnd() {
    if (sequencer != null && !stopped) {
      try {
        process(sequencer.drain());
      } catch (RefusedStreamException e) {
        connection.close(e.closing(), String.valueOf(e.getMessage()));
      }
    }
    legs.values().forEach(leg -> leg.session().end());
  }

  private void begin(Start begin) throws RefusedStreamException {
    if (start != null) {
      if (start.equals(begin)) {
        metrics.messageRepeated();
        return;
      }
      throw new RefusedStreamException(Closing.REFUSED, "second start; a stream has one");
    }
    if (!admits.test(begin.token())) {
      metrics.refused(Refusal.CREDENTIALS);
      throw new RefusedStreamException(
          Closing.REFUSED,
          "start.customParameters.token is %s; must be one of this service's tokens"
              .formatted(begin.token() == null ? "missing" : "wrong"));
    }
    start = begin;
    sequencer = new TwilioSequencer(begin.sequence() + 1, window);
  }

  private void accept(Sequenced message) throws RefusedStreamException {
    if (start == null || sequencer == null) {
      throw new RefusedStreamException(
          Closing.REFUSED, "message before start; a stream begins with start");
    }
    if (!message.streamSid().equals(start.streamSid())) {
      throw new RefusedStreamException(
          Closing.REFUSED, "streamSid is not that of start; one stream a connection");
    }
    sequencer.requireNear(message);
    if (sequencer.isLate(message)) {
      metrics.messageRepeated();
      return;
    }
    process(sequencer.offer(message));
    waitForMissing();
  }

  private void waitForMissing() {
    if (timerSet || sequencer == null || !sequencer.isWaiting()) {
      return;
    }
    timerSet = true;
    int missing = sequencer.next();
    connection.later(wait, () -> giveUp(missing));
  }

  private void giveUp(int missing) {
    timerSet = false;
    if (sequencer == null) {
      return;
    }
    try {
      if (sequencer.next() == missing) {
        process(sequencer.drain());
      } else {
        waitForMissing();
      }
    } catch (RefusedStreamException e) {
      connection.close(e.closing(), String.valueOf(e.getMessage()));
    }
  }

  private void process(List<Sequenced> messages) throws RefusedStreamException {
    for (Sequenced message : messages) {
      if (message instanceof Media media) {
        accept(media);
      } else if (message instanceof Stop) {
        stop();
      }
    }
  }

  private void accept(Media media) throws RefusedStreamException {
    Leg leg = legs.get(media.track());
    if (leg == null) {
      leg = open(media.track());
      legs.put(media.track(), leg);
    }
    if (leg.clock().isRepeat(media)) {
      metrics.messageRepeated();
      return;
    }
    long expected = leg.clock().position();
    long position = leg.clock().place(media);
    metrics.gap(expected == 0 ? 0 : position - expected);
    leg.session().acceptAt(position, media.payload());
  }

  private Leg open(Track track) {
    Start begin = Objects.requireNonNull(start);
    LegId id = new LegId(begin.callSid(), track.channel());
    return new Leg(connection.open(id, begin.streamSid(), LegFormat.MULAW_8K), new TrackClock());
  }

  private void stop() {
    stopped = true;
    legs.values().forEach(leg -> leg.session().end());
    CompletableFuture<?>[] stored =
        legs.values().stream()
            .map(leg -> leg.session().finished().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    // Failures close the connection by themselves.
    CompletionStage<Void> all = CompletableFuture.allOf(stored);
    all.thenRun(() -> connection.close(Closing.ENDED, ""));
  }
}
