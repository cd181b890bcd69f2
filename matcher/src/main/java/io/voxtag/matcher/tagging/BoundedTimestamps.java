package io.voxtag.matcher.tagging;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Takes the timestamps of records as stream time, but none from the future: one wrong clock would
 * otherwise make every leg look idle.
 */
final class BoundedTimestamps implements TimestampExtractor {

  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Clock clock;

  BoundedTimestamps(Clock clock) {
    this.clock = clock;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    long latest = clock.millis() + SKEW.toMillis();
    return Math.min(latest, Math.max(0, record.timestamp()));
  }
}
