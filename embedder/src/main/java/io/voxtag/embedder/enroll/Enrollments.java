package io.voxtag.embedder.enroll;

/** The enrolment path of one model while it runs. Thread-safe. */
public interface Enrollments extends AutoCloseable {

  /** Whether its loop runs. */
  boolean isAlive();

  /** Whether Kafka has answered once. */
  boolean isReady();

  /** Asks it to end, and does not wait. */
  void stop();

  /** Ends after the recordings at hand. */
  @Override
  void close();
}
