package io.voxtag.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir private Path folder;

  @Test
  void aSecondOwnerIsToldWhoHasTheFolderAndWhatToDo() {
    try (DataFolder first = DataFolder.lock(folder)) {
      assertThat(first.path()).isEqualTo(folder.toAbsolutePath());

      assertThatThrownBy(() -> DataFolder.lock(folder))
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data");
    }
  }

  @Test
  void aFolderThatWasLetGoCanBeTakenAgain() {
    DataFolder.lock(folder).close();

    try (DataFolder again = DataFolder.lock(folder)) {
      assertThat(again.resolve("kafka")).isEqualTo(folder.toAbsolutePath().resolve("kafka"));
    }
  }

  @Test
  void clientsFindTheInstanceThatRunsOnAFolder() {
    RunningInstance instance =
        new RunningInstance(
            ProcessHandle.current().pid(),
            "localhost:1",
            "redis://localhost:2",
            "http://localhost:3");
    try (DataFolder data = DataFolder.lock(folder)) {
      assertThat(RunningInstance.on(folder)).isEmpty();

      instance.announceIn(data);
      assertThat(RunningInstance.on(folder)).contains(instance);

      RunningInstance.withdrawFrom(data);
      assertThat(RunningInstance.on(folder)).isEmpty();
    }
  }

  @Test
  void whatAKilledProcessLeftBehindIsNotTakenForARunningOne() {
    long noSuchProcess = Long.MAX_VALUE;
    try (DataFolder data = DataFolder.lock(folder)) {
      new RunningInstance(noSuchProcess, "k:1", "redis://r:2", "http://h:3").announceIn(data);

      assertThat(RunningInstance.on(folder)).isEmpty();
    }
  }
}
