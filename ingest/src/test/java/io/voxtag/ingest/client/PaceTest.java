package io.voxtag.ingest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.event.AudioEncoding;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  @Test
  void samples_are_due_when_they_would_be_heard() {
    assertThat(Pace.LIVE.nanosUntil(8000, 16_000)).isEqualTo(500_000_000);
    assertThat(new Pace(4).nanosUntil(16_000, 16_000)).isEqualTo(250_000_000);
    assertThat(Pace.UNLIMITED.nanosUntil(1 << 30, 8000)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void a_speed_must_be_positive(double speed) {
    assertThatThrownBy(() -> new Pace(speed)).hasMessageEndingWith("must be above 0");
  }

  @Test
  void call_ids_are_encoded_in_the_address() {
    assertThat(
            new LegAddress("a/b c+ü", 1)
                .at(URI.create("https://host:1/"), AudioEncoding.PCM_S16LE, 16_000))
        .hasToString("wss://host:1/v1/calls/a%2Fb%20c%2B%C3%BC/1?rate=16000&encoding=pcm_s16le");
  }
}
