package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo from end to end, in a process of its own. */
class DemoIT {

  @TempDir private Path folder;

  @BeforeAll
  static void needsAModel() {
    StarterModel.required();
  }

  @Test
  void theSampleCallsAreTaggedWithTheRightNames() throws IOException, InterruptedException {
    Voxtag.Result result = Voxtag.run(folder, "demo", "--json", "--speed", "2").exitsWith(0);

    JsonNode summary = new ObjectMapper().readTree(result.lastLine());
    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactly("calls", "windows", "correct", "accuracy", "latencyMsP50", "latencyMsP99");
    assertThat(summary.get("calls").asInt()).isEqualTo(4);
    assertThat(summary.get("windows").asInt()).isGreaterThan(100);
    assertThat(summary.get("accuracy").asDouble()).isBetween(0.95, 1.0);
    assertThat(result.out())
        .contains("unknown-1")
        .contains("windows where nobody speaks but somebody was named: 0");
  }
}
