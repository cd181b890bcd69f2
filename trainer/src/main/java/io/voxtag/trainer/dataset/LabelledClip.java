package io.voxtag.trainer.dataset;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.AudioFormat;
import java.time.Duration;
import java.time.Instant;

/**
 * A recording that was found usable.
 *
 * @param key who speaks, and which recording of theirs it is
 * @param format as the sender declared it
 * @param data the file, byte for byte; not copied
 * @param duration of the decoded audio
 * @param source where it comes from, in words
 * @param consent on what ground it may be used
 * @param recordedAt when it was recorded
 * @param recordTimestamp timestamp of its record in Kafka
 */
@SuppressWarnings("ArrayRecordComponent") // read once and handed on
record LabelledClip(
    EnrollmentKey key,
    AudioFormat format,
    byte[] data,
    Duration duration,
    String source,
    ConsentGround consent,
    Instant recordedAt,
    Instant recordTimestamp) {}
