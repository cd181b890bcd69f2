package io.voxtag.embedded;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The few words of RESP2 (the Redis serialization protocol) that running a server needs. Not
 * thread-safe.
 */
final class RedisConnection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  private RedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RedisConnection open(int port, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      int millis = Math.toIntExact(Math.max(1, timeout.toMillis()));
      socket.connect(new InetSocketAddress(Loopback.address(), port), millis);
      socket.setSoTimeout(millis);
      return new RedisConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a command and reads its reply; a list is given flat.
   *
   * @throws EOFException if the server closes the connection instead of answering
   * @throws IOException if it answers with an error, or not at all
   */
  List<String> call(String... command) throws IOException {
    StringBuilder request = new StringBuilder("*" + command.length + "\r\n");
    for (String part : command) {
      int length = part.getBytes(StandardCharsets.UTF_8).length;
      request.append('$').append(length).append("\r\n").append(part).append("\r\n");
    }
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
    List<String> reply = new ArrayList<>();
    read(reply);
    return reply;
  }

  private void read(List<String> reply) throws IOException {
    String line = line();
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> reply.add(rest);
      case '-' -> throw new IOException("Redis answers " + rest);
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length >= 0) {
          reply.add(new String(exactly(length + 2), 0, length, StandardCharsets.UTF_8));
        }
      }
      case '*' -> {
        for (int left = Integer.parseInt(rest); left > 0; left--) {
          read(reply);
        }
      }
      default -> throw new IOException("Not a Redis reply: " + line);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next != '\r') {
      if (next < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.append((char) next);
      next = in.read();
    }
    exactly(1);
    if (line.isEmpty()) {
      throw new IOException("Not a Redis reply: an empty line");
    }
    return line.toString();
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("Redis closed the connection");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
