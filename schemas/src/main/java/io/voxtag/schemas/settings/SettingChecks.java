package io.voxtag.schemas.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Checks that the settings of several services need. */
public final class SettingChecks {

  private SettingChecks() {}

  /**
   * Refuses a value outside of its range, both ends of which belong to it.
   *
   * @param key the whole configuration key
   * @throws IllegalArgumentException with the key, the value and the range
   */
  public static <T extends Comparable<T>> void requireRange(String key, T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; must be from %s to %s".formatted(key, value, min, max));
    }
  }

  /** Whether a server that listens on this host is reached from its own machine only. */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // A name that is nobody's: the server says so itself when it cannot listen there.
      return false;
    }
  }
}
