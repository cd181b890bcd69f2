package io.voxtag.ingest.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.ingest.leg.LegFormat;
import io.voxtag.ingest.leg.LegId;
import io.voxtag.ingest.leg.RefusedStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawAddressTest {

  @Test
  void the_path_names_the_leg() throws RefusedStreamException {
    assertThat(RawAddress.of("/v1/calls/a%2Fb+c%20%C3%BC/1", "mulaw", "8000"))
        .isEqualTo(new RawAddress(new LegId("a/b+c ü", 1), LegFormat.MULAW_8K));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/calls/",
        "/v1/calls/call",
        "/v1/calls//0",
        "/v1/calls/call/",
        "/v1/calls/call/0/more",
        "/v1/calls/call%0A/0",
        "/v1/calls/call%ff/0",
        "/v1/calls/call%zz/0"
      })
  void other_paths_are_refused(String path) {
    assertThatThrownBy(() -> RawAddress.of(path, "mulaw", "8000"))
        .isInstanceOf(RefusedStreamException.class);
  }
}
