package io.voxtag.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningInstanceTest {

  @TempDir private Path folder;

  @Test
  void clientsFindTheInstanceThatRunsOnAFolder() {
    RunningInstance instance =
        new RunningInstance(
            ProcessHandle.current().pid(),
            "localhost:1",
            "redis://localhost:2",
            "http://localhost:3");
    assertThat(RunningInstance.on(folder)).isEmpty();

    instance.announceIn(folder);
    assertThat(RunningInstance.on(folder)).contains(instance);

    RunningInstance.withdrawFrom(folder);
    assertThat(RunningInstance.on(folder)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftBehindIsNotTakenForARunningOne() {
    long noSuchProcess = Long.MAX_VALUE;
    new RunningInstance(noSuchProcess, "k:1", "redis://r:2", "http://h:3").announceIn(folder);

    assertThat(RunningInstance.on(folder)).isEmpty();
  }
}
