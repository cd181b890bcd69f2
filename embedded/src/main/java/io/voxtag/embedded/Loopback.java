package io.voxtag.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Ports of the loopback interface, where all embedded servers listen. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private Loopback() {}

  /** Ports that were free a moment ago, all different. */
  static int[] freePorts(int count) {
    int[] ports = new int[count];
    ServerSocket[] sockets = new ServerSocket[count];
    try {
      for (int i = 0; i < count; i++) {
        sockets[i] = bind(0);
        ports[i] = sockets[i].getLocalPort();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on " + HOST, e);
    } finally {
      for (ServerSocket socket : sockets) {
        close(socket);
      }
    }
    return ports;
  }

  /**
   * Checks that nobody listens on a port.
   *
   * @throws PortInUseException if somebody does
   */
  static void requireFree(String server, int port) {
    try {
      bind(port).close();
    } catch (BindException e) {
      throw new PortInUseException(server, port, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " cannot be tried", e);
    }
  }

  /** The address of {@link #HOST}. */
  static InetAddress address() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // Connections of a server that just ended may linger for a minute; they are no obstacle.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
