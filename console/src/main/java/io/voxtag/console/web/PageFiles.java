package io.voxtag.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the page, read once. Thread-safe. */
public final class PageFiles {

  private static final String FOLDER = "/io/voxtag/console/page/";
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "login.html",
          "login.js",
          "console.css",
          "icon.svg",
          "app.js",
          "api.js",
          "dom.js",
          "live.js",
          "timeline.js",
          "stretch.js",
          "voices.js",
          "speakers.js",
          "models.js",
          "training.js",
          "health.js");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, byte[]> files = new TreeMap<>();

  /** Reads them. */
  public PageFiles() {
    NAMES.forEach(name -> files.put(name, read(name)));
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("The console was built without its file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The console's file " + name + " cannot be read", e);
    }
  }

  /** A file; empty where there is none of that name. */
  public Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** Its media type. */
  public static String type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }
}
