package io.voxtag.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path temp;

  @Test
  void it_is_made_where_it_is_missing() {
    Path folder = temp.resolve("a").resolve("b");

    try (DataFolder opened = DataFolder.open(folder)) {
      assertThat(opened.path()).isDirectory();
    }
  }

  @Test
  void nobody_else_looks_into_it() throws Exception {
    assumeThat(temp.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path folder = temp.resolve("voices");

    DataFolder.open(folder).close();

    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void this_process_takes_it_once_at_a_time() {
    // given
    DataFolder first = DataFolder.open(temp);
    try {

      // when, then
      assertThatThrownBy(() -> DataFolder.open(temp.resolve("..").resolve(temp.getFileName())))
          .asInstanceOf(throwable(DataFolderInUseException.class))
          .extracting(DataFolderInUseException::pid)
          .isEqualTo(OptionalLong.of(ProcessHandle.current().pid()));
    } finally {
      first.close();
    }
    DataFolder.open(temp).close();
  }

  @Test
  void the_lock_file_tells_the_owner() {
    try (DataFolder folder = DataFolder.open(temp)) {
      assertThat(folder.path().resolve(DataFolder.LOCK_FILE))
          .hasContent(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void a_file_in_its_place_is_an_error_that_names_it() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(DataFolderAccessException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_lock_file_that_cannot_be_written_is_an_error_that_names_the_folder() throws Exception {
    // A folder of the lock's name refuses even a user whom no permission holds back.
    Files.createDirectory(temp.resolve(DataFolder.LOCK_FILE));

    assertThatThrownBy(() -> DataFolder.open(temp))
        .isInstanceOf(DataFolderAccessException.class)
        .hasMessageContaining(temp.toString());
  }
}
