package io.voxtag.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  /** {@code max-connects-per-second}: of all clients; further ones get the status 429. 500. */
  @WithDefault("500")
  int maxConnectsPerSecond();

  /**
   * {@code max-bytes-per-second}: of one connection. One that sends faster is read no faster than
   * that. 1 MiB by default, ten times what 48 kHz in 16 bits need.
   */
  @WithDefault("1048576")
  int maxBytesPerSecond();

  /**
   * {@code start-timeout}: how long a stream of Twilio's may take from the connection until its
   * first audio. 10 s by default.
   */
  @WithDefault("PT10S")
  Duration startTimeout();

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

  /** {@code access.*}: who may send calls. */
  Access access();

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

  /**
   * Who may send calls. Without tokens, certificates or Twilio's signature these are programs on
   * the same machine only, and the service does not listen on other addresses, unless {@code open}.
   */
  interface Access {

    /** {@code access.tokens}: secrets of 16 characters or more, of which a client shows one. */
    Optional<List<String>> tokens();

    /** {@code access.tokens-file}: a file with such secrets, one a line. */
    Optional<Path> tokensFile();

    /**
     * {@code access.client-certificates}: whether a certificate lets in that the trust store of the
     * server, {@code quarkus.tls.*}, accepts. Off by default.
     */
    @WithDefault("false")
    boolean clientCertificates();

    /** {@code access.open}: whether anybody who reaches the service may send. Off by default. */
    @WithDefault("false")
    boolean open();

    /** {@code access.origins}: web pages that may connect from browsers. None by default. */
    Optional<List<String>> origins();

    /** {@code access.twilio.*}: the signature of Twilio's requests. */
    Twilio twilio();

    /** Both keys or none. */
    interface Twilio {

      /** {@code access.twilio.auth-token}: of the account, with which Twilio signs. */
      Optional<String> authToken();

      /** {@code access.twilio.url}: as it stands in the TwiML, {@code wss://HOST/v1/twilio}. */
      Optional<String> url();
    }
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
