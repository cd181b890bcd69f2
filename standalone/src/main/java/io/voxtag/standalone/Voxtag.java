package io.voxtag.standalone;

/** The {@code voxtag} command. */
public final class Voxtag {
  private Voxtag() {}

  public static void main(String[] args) {}
}
