package io.voxtag.console.hearing;

import io.voxtag.audio.FlacWriter;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Recording;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.speakers.EnrollmentWriter;
import io.voxtag.schemas.speakers.LabelledUtterances;
import io.voxtag.schemas.speakers.LabelledUtterances.Origin;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Says whose voice a stretch is. Thread-safe. */
public final class Naming {

  // More is not used: all models work at 16 kHz.
  private static final int MAX_RATE = 16_000;
  private static final int HASH_BYTES = 8;

  private final EnrollmentWriter enrollments;
  private final LabelledUtterances labelled;

  public Naming(EnrollmentWriter enrollments, LabelledUtterances labelled) {
    this.enrollments = enrollments;
    this.labelled = labelled;
  }

  /**
   * Enrols the speaker with it: the speaker is known from then on.
   *
   * @param consent the ground on which the voice may be stored
   * @return name of the recording; the same audio has the same
   * @throws io.voxtag.schemas.KeyFormatException if that is no name of a speaker
   */
  public String enroll(String speaker, Pcm pcm, String consent) {
    AudioClip clip = clip(pcm);
    EnrollmentKey key = key(speaker, clip);
    enrollments.enroll(key, clip, consent(consent));
    return key.utteranceId();
  }

  /**
   * Offers it for training.
   *
   * @param consent the ground on which it may be used
   * @param recordedAt when it was captured
   * @return name of the recording; the same audio has the same
   * @throws io.voxtag.schemas.KeyFormatException if that is no name of a speaker
   */
  public String correct(String speaker, Pcm pcm, String consent, Instant recordedAt) {
    AudioClip clip = clip(pcm);
    EnrollmentKey key = key(speaker, clip);
    labelled.publish(key, clip, new Origin("console correction", consent(consent), recordedAt));
    return key.utteranceId();
  }

  private static Consent consent(String basis) {
    return Consent.newBuilder().setBasis(basis).setGivenAt(Instant.now()).build();
  }

  private static AudioClip clip(Pcm pcm) {
    Pcm used = pcm.sampleRate() > MAX_RATE ? pcm.resampled(MAX_RATE) : pcm;
    byte[] flac =
        FlacWriter.encode(new Recording(new float[][] {used.samples()}, used.sampleRate()));
    return AudioClip.newBuilder()
        .setFormat(AudioFormat.FLAC)
        .setData(ByteBuffer.wrap(flac))
        .build();
  }

  private static EnrollmentKey key(String speaker, AudioClip clip) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(clip.getData().array());
      return new EnrollmentKey(
          speaker, "console-" + HexFormat.of().formatHex(digest, 0, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
