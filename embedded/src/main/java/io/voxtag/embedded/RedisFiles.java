package io.voxtag.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What lies in a Redis server's folder. */
record RedisFiles(Path folder) {

  private static final int TAIL_LINES = 12;

  Path config() {
    return folder.resolve("redis.conf");
  }

  Path log() {
    return folder.resolve("redis.log");
  }

  /** Written by Redis itself. */
  Path pid() {
    return folder.resolve("redis.pid");
  }

  Path port() {
    return folder.resolve("redis.port");
  }

  /** Writes the configuration and puts the log of the former run aside. */
  void prepare(int port, Map<String, String> settings) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    lines.put("bind", Loopback.HOST);
    lines.put("port", Integer.toString(port));
    lines.put("daemonize", "no");
    lines.put("dir", quoted(folder));
    lines.put("pidfile", quoted(pid()));
    lines.put("logfile", quoted(log()));
    lines.put("appendonly", "yes");
    // It is rewritten without what was erased once it has doubled, which small files do soon.
    lines.put("auto-aof-rewrite-min-size", "1mb");
    // The append-only file is what is loaded; snapshots would be a second copy.
    lines.put("save", "\"\"");
    lines.put("maxmemory-policy", "noeviction");
    lines.putAll(settings);
    Files.writeString(
        config(),
        lines.entrySet().stream()
            .map(line -> line.getKey() + " " + line.getValue() + "\n")
            .collect(Collectors.joining()));
    Files.writeString(port(), port + "\n");
    if (Files.exists(log())) {
      Files.move(log(), folder.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The last lines of the log. */
  List<String> logTail() throws IOException {
    if (!Files.exists(log())) {
      return List.of();
    }
    List<String> lines = Files.readString(log(), StandardCharsets.UTF_8).lines().toList();
    return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
  }

  /** The number in one of the files, empty where there is none. */
  static OptionalLong number(Path file) throws IOException {
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    String text = Files.readString(file).strip();
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
