package io.voxtag.trainer.dataset;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.AudioLimits;
import io.voxtag.audio.Damage;
import io.voxtag.audio.Recording;
import io.voxtag.audio.VoiceActivity;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.LabelledUtterance;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides which labelled records can be used. The same record gives the same answer. */
final class ClipCheck {

  /** Longest recording in a record. */
  static final Duration MAX_LENGTH = Duration.ofSeconds(60);

  private static final int MAX_CHANNELS = 16;
  // A minute at the highest rate that is read, in two channels or more at lower ones.
  private static final long MAX_SAMPLES = 60L * 2 * 192_000;

  private final AudioLimits limits;
  private final Duration minLength;
  private final Duration minNetSpeech;
  private final VoiceActivity voiceActivity = new VoiceActivity();

  ClipCheck(DatasetSettings settings) {
    this.limits = new AudioLimits(settings.maxClipBytes(), MAX_LENGTH, MAX_CHANNELS, MAX_SAMPLES);
    this.minLength = settings.minLength();
    this.minNetSpeech = settings.minNetSpeech();
  }

  /**
   * @throws UnusableUtteranceException with what is wrong and what would be right
   */
  LabelledClip check(EnrollmentKey key, LabelledUtterance record, Instant recordTimestamp)
      throws UnusableUtteranceException {
    if (!key.speakerId().equals(record.getSpeakerId())
        || !key.utteranceId().equals(record.getUtteranceId())) {
      throw new UnusableUtteranceException(
          "a recording of speaker %s, utterance %s under the key %s"
              .formatted(record.getSpeakerId(), record.getUtteranceId(), key.encode()));
    }
    ConsentGround consent = consent(record.getConsent());
    byte[] data = bytes(record.getAudio().getData());
    return new LabelledClip(
        key,
        record.getAudio().getFormat(),
        data,
        usableLength(data),
        record.getSource(),
        consent,
        record.getRecordedAt(),
        recordTimestamp);
  }

  private static ConsentGround consent(@Nullable Consent consent)
      throws UnusableUtteranceException {
    if (consent == null || consent.getBasis().isBlank()) {
      throw new UnusableUtteranceException(
          "the recording carries no consent; say on what ground it may be used for training");
    }
    return new ConsentGround(consent.getBasis(), consent.getReference(), consent.getGivenAt());
  }

  private Duration usableLength(byte[] data) throws UnusableUtteranceException {
    Recording recording;
    int netSpeechMs;
    try {
      recording = AudioFiles.read(data, "labelled audio", limits, Damage.REFUSE);
      netSpeechMs =
          voiceActivity
              .detect(recording.mono().resampled(VoiceActivity.SAMPLE_RATE).samples())
              .netSpeechMs();
    } catch (AudioFormatException e) {
      throw new UnusableUtteranceException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      // It comes again after a restart: no recording may keep the others back.
      throw new UnusableUtteranceException("the recording cannot be examined: " + e, e);
    }
    if (recording.duration().compareTo(minLength) < 0) {
      throw new UnusableUtteranceException(
          "%d ms long, must be at least %d"
              .formatted(recording.duration().toMillis(), minLength.toMillis()));
    }
    if (netSpeechMs < minNetSpeech.toMillis()) {
      throw new UnusableUtteranceException(
          "%d ms of speech, must be at least %d".formatted(netSpeechMs, minNetSpeech.toMillis()));
    }
    return recording.duration();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
