package io.voxtag.console.hearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.audio.G711;
import io.voxtag.audio.Pcm16;
import io.voxtag.audio.opus.PacketEncoder;
import io.voxtag.console.live.LegId;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StretchAudioTest {

  private static final LegId LEG = new LegId("call", 1, "run");
  private static final int RATE = 8000;

  private static AudioChunk chunk(long start, AudioEncoding encoding, byte[] payload) {
    return AudioChunk.newBuilder()
        .setCallId(LEG.callId())
        .setChannel(LEG.channel())
        .setStreamId(LEG.streamId())
        .setSequence(start)
        .setStartSample(start)
        .setSampleRate(RATE)
        .setEncoding(encoding)
        .setPayload(ByteBuffer.wrap(payload))
        .setCapturedAt(Instant.EPOCH)
        .build();
  }

  private static float[] level(int samples, float value) {
    float[] level = new float[samples];
    Arrays.fill(level, value);
    return level;
  }

  @Test
  void chunks_are_cut_to_the_stretch_and_gaps_are_silent() {
    // given
    StretchAudio audio = new StretchAudio(new Wanted(LEG, 500, 1500));

    // when
    audio.add(chunk(0, AudioEncoding.PCM_S16LE, Pcm16.encode(level(6000, 0.25f))));
    audio.add(chunk(10_000, AudioEncoding.MULAW, G711.MU_LAW.encode(level(4000, 0.5f))));

    // then
    float[] samples = audio.pcm().orElseThrow().samples();
    assertThat(samples).hasSize(RATE);
    assertThat(samples[0]).isEqualTo(0.25f);
    assertThat(samples[1999]).isEqualTo(0.25f);
    assertThat(samples[2000]).isZero();
    assertThat(samples[5999]).isZero();
    assertThat(samples[6000]).isBetween(0.48f, 0.52f);
    assertThat(audio.isComplete()).isTrue();
  }

  @Test
  void other_legs_other_runs_and_other_rates_are_not_heard() {
    StretchAudio audio = new StretchAudio(new Wanted(LEG, 0, 1000));
    AudioChunk ours = chunk(0, AudioEncoding.ALAW, G711.A_LAW.encode(level(800, 0.5f)));

    audio.add(AudioChunk.newBuilder(ours).setChannel(0).build());
    audio.add(AudioChunk.newBuilder(ours).setStreamId("other").build());
    audio.add(AudioChunk.newBuilder(ours).setSampleRate(1).build());

    assertThat(audio.pcm()).isEmpty();
  }

  @Test
  void a_damaged_chunk_is_silent_and_the_rest_is_heard() {
    StretchAudio audio = new StretchAudio(new Wanted(LEG, 0, 1000));

    audio.add(chunk(0, AudioEncoding.PCM_S16LE, new byte[801]));
    audio.add(chunk(400, AudioEncoding.PCM_S16LE, Pcm16.encode(level(400, 0.5f))));

    float[] samples = audio.pcm().orElseThrow().samples();
    assertThat(samples[0]).isZero();
    assertThat(samples[400]).isEqualTo(0.5f);
    assertThat(audio.isComplete()).isFalse();
  }

  @Test
  void the_end_of_the_leg_completes_it() {
    StretchAudio audio = new StretchAudio(new Wanted(LEG, 0, 1000));

    audio.add(
        AudioChunk.newBuilder(chunk(0, AudioEncoding.PCM_S16LE, new byte[0]))
            .setLast(true)
            .build());

    assertThat(audio.isComplete()).isTrue();
  }

  @Test
  void a_stretch_is_at_most_a_minute() {
    assertThatThrownBy(() -> new Wanted(LEG, 0, 60_001)).hasMessageContaining("60000 ms");
    assertThatThrownBy(() -> new Wanted(LEG, 5, 5)).hasMessageContaining("from < to");
    assertThatThrownBy(() -> new Wanted(LEG, -1, 5)).hasMessageContaining("0 <= from");
  }

  @Test
  void opus_is_heard_from_the_middle_of_a_leg_on() {
    // given
    PacketEncoder encoder = new PacketEncoder(RATE, 24_000);
    StretchAudio audio = new StretchAudio(new Wanted(LEG, 1000, 2000));
    short[] tone = new short[3 * RATE];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (short) (16_000 * Math.sin(2 * Math.PI * 440 * i / RATE));
    }

    // when
    for (int at = 0; at + encoder.frame() <= tone.length; at += encoder.frame()) {
      audio.add(chunk(at, AudioEncoding.OPUS, encoder.encode(tone, at)));
    }

    // then
    float[] samples = audio.pcm().orElseThrow().samples();
    double power = 0;
    for (float sample : samples) {
      power += sample * sample;
    }
    assertThat(samples).hasSize(RATE);
    assertThat(Math.sqrt(2 * power / RATE)).isBetween(0.4, 0.6);
    assertThat(audio.isComplete()).isTrue();
  }
}
