package io.voxtag.modelstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of S3's protocol as a model store uses, in this process. */
final class FakeBucket implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  volatile boolean failing;

  FakeBucket() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Map<String, byte[]> objects() {
    return objects;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (failing) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      String key = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, key, body);
        case "HEAD", "GET" -> get(exchange, key);
        default -> exchange.sendResponseHeaders(405, -1);
      }
    }
  }

  private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
    byte[] content =
        exchange.getRequestHeaders().containsKey("x-amz-decoded-content-length")
            ? dechunked(body)
            : body;
    boolean refused =
        "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))
            && objects.putIfAbsent(key, content) != null;
    exchange.sendResponseHeaders(refused ? 412 : 200, -1);
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    byte[] content = objects.get(key);
    if (content == null) {
      byte[] error =
          "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"
              .getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(404, head ? -1 : error.length);
      if (!head) {
        exchange.getResponseBody().write(error);
      }
      return;
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  /** Takes the frames of aws-chunked away: size;signature, content, and so on to size 0. */
  private static byte[] dechunked(byte[] body) {
    ByteArrayInputStream in = new ByteArrayInputStream(body);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\r'; c = in.read()) {
        line.append((char) c);
      }
      in.skip(1);
      int size = Integer.parseInt(line.toString().split(";")[0], 16);
      if (size == 0) {
        return out.toByteArray();
      }
      byte[] chunk = new byte[size];
      in.read(chunk, 0, size);
      out.write(chunk, 0, size);
      in.skip(2);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
