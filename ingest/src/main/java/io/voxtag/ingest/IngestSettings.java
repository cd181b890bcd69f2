package io.voxtag.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the service; the configuration keys begin with {@code voxtag.ingest}. */
@ConfigMapping(prefix = "voxtag.ingest")
public interface IngestSettings {

  /**
   * {@code enabled}: whether calls are taken. Where not, nothing connects to Kafka, and streams are
   * closed with a reason. On by default.
   */
  @WithDefault("true")
  boolean enabled();

  /** {@code chunk-duration}: length of the chunks, 20 ms to 1 s. 100 ms by default. */
  @WithDefault("PT0.1S")
  Duration chunkDuration();

  /** {@code max-streams}: connections at a time; further ones are closed. 10,000 by default. */
  @WithDefault("10000")
  int maxStreams();

  /** {@code max-message-bytes}: longest WebSocket message, bytes, up to 64 KiB, the default. */
  @WithDefault("65536")
  int maxMessageBytes();

  /**
   * {@code idle-timeout}: a connection that for so long sends nothing, nor answers pings, is taken
   * for dead, and its legs end. 60 s by default.
   */
  @WithDefault("PT60S")
  Duration idleTimeout();

  /**
   * {@code delivery-timeout}: how long Kafka may take to store a chunk, broker outages included,
   * before its stream is closed. Until then the client is held back. 2 minutes by default.
   */
  @WithDefault("PT2M")
  Duration deliveryTimeout();

  /** {@code shutdown-timeout}: how long a stop waits for Kafka to store the rest. 10 s. */
  @WithDefault("PT10S")
  Duration shutdownTimeout();

  /** {@code outstanding.*}: how much may wait for Kafka before sockets are not read. */
  Outstanding outstanding();

  /** {@code twilio.*}: Twilio Media Streams. */
  Twilio twilio();

  /** Bytes taken from clients that Kafka has not acknowledged. */
  interface Outstanding {

    /** {@code outstanding.connection-bytes}: of one connection. 1 MiB by default. */
    @WithDefault("1048576")
    long connectionBytes();

    /** {@code outstanding.total-bytes}: of all connections. 64 MiB by default. */
    @WithDefault("67108864")
    long totalBytes();
  }

  /** How far messages of a stream may be out of order. */
  interface Twilio {

    /** {@code twilio.reorder-window}: messages held back at most. 32 by default. */
    @WithDefault("32")
    int reorderWindow();

    /** {@code twilio.reorder-wait}: how long a missing message is waited for. 200 ms. */
    @WithDefault("PT0.2S")
    Duration reorderWait();
  }
}
