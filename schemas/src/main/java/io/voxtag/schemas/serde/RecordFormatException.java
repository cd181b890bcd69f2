package io.voxtag.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The bytes of a value are no record of its topic. Reading them again gives the same: they belong
 * into the dead-letter topic.
 */
public final class RecordFormatException extends SerializationException {

  /** What is wrong with the bytes. */
  public enum Problem {
    /** They do not begin with the marker of the format. */
    NO_MAGIC,
    /** They name a schema that is not known for this record. */
    UNKNOWN_SCHEMA,
    /** They end inside the record, or a length in them points behind their end. */
    TRUNCATED,
    /** More bytes follow the record. */
    TRAILING_BYTES,
    /** They contain a value that the schema does not allow. */
    MALFORMED
  }

  private final String topic;
  private final Problem problem;

  RecordFormatException(String topic, Problem problem, String detail) {
    super("Value in topic " + topic + ": " + detail);
    this.topic = topic;
    this.problem = problem;
  }

  RecordFormatException(String topic, Problem problem, String detail, Throwable cause) {
    super("Value in topic " + topic + ": " + detail, cause);
    this.topic = topic;
    this.problem = problem;
  }

  /** Name of the topic that it was read from. */
  public String topic() {
    return topic;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
