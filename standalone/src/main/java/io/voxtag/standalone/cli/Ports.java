package io.voxtag.standalone.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports that a command is going to listen on. */
final class Ports {

  private Ports() {}

  /**
   * Tells the user early, and by the name of the option, that a port is taken.
   *
   * @param port 0 is always free
   */
  static void requireFree(String option, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw CommandException.unavailable(
          "port %d is in use (%s); give another one with %s, 0 takes any free one"
              .formatted(port, e.getMessage(), option));
    }
  }
}
