package io.voxtag.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PythonEnvironmentTest {
  @TempDir Path folder;

  @Test
  void aMissingInterpreterIsNamed() throws Exception {
    String missing = folder.resolve("no-python").toString();
    assertThat(PythonEnvironment.whyNot(missing))
        .hasValueSatisfying(reason -> assertThat(reason).contains(missing));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAnInterpreterSaysLastIsTheReason() throws Exception {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\necho Traceback\necho 'No module named torch'\nexit 1\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    assertThat(PythonEnvironment.whyNot(python.toString())).contains("No module named torch");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterpreterThatSucceedsWillDo() throws Exception {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    assertThat(PythonEnvironment.whyNot(python.toString())).isEmpty();
  }
}
