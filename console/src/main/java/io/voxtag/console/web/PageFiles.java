package io.voxtag.console.web;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of the page, all of them in memory. Immutable. */
final class PageFiles {

  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "calls.js", "text/javascript; charset=utf-8",
          "lists.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  /**
   * A file.
   *
   * @param type its media type
   */
  record File(String type, Buffer content) {}

  private final Map<String, File> files = new HashMap<>();

  PageFiles() {
    TYPES.forEach((name, type) -> files.put(name, new File(type, read(name))));
  }

  private static Buffer read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the console was packed without " + name);
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** A file by its name; the page itself where that is empty. */
  Optional<File> find(String name) {
    return Optional.ofNullable(files.get(name.isEmpty() ? "index.html" : name));
  }
}
