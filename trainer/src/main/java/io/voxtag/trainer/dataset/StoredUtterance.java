package io.voxtag.trainer.dataset;

import io.voxtag.schemas.event.AudioFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A labelled recording in the store.
 *
 * @param speakerId who speaks
 * @param utteranceId name of the recording among those of the speaker
 * @param file absolute path of the audio; goes when the recording is erased, replaced or evicted
 * @param sha256 of the file, 64 hexadecimal digits
 * @param format container and codec, as its sender declared it
 * @param bytes length of the file
 * @param duration of the audio
 * @param source where it comes from, in words
 * @param consent on what ground it may be used
 * @param recordedAt when it was recorded
 * @param recordTimestamp timestamp of its record in Kafka; an erasure reaches what is not later
 * @param addedAt when the store took it
 */
public record StoredUtterance(
    String speakerId,
    String utteranceId,
    Path file,
    String sha256,
    AudioFormat format,
    long bytes,
    Duration duration,
    String source,
    ConsentGround consent,
    Instant recordedAt,
    Instant recordTimestamp,
    Instant addedAt) {}
