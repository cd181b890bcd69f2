package io.voxtag.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory that this process holds, native libraries included. */
public final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String KEY = "VmRSS:";

  private Memory() {}

  /** Resident bytes; empty where the system does not say. */
  public static OptionalLong resident() throws IOException {
    if (!Files.exists(STATUS)) {
      return OptionalLong.empty();
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(KEY)) {
        String kilobytes = line.substring(KEY.length()).replace("kB", "").strip();
        return OptionalLong.of(Long.parseLong(kilobytes) * 1024);
      }
    }
    return OptionalLong.empty();
  }
}
