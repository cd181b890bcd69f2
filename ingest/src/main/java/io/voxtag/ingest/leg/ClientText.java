package io.voxtag.ingest.leg;

/** Text that a client chose. */
public final class ClientText {

  /** Longest identifier, characters. */
  public static final int MAX_ID_CHARS = 128;

  private static final int SHOWN_CHARS = 24;

  private ClientText() {}

  /**
   * The value, if it can serve as an identifier: 1 to 128 printable characters.
   *
   * @throws RefusedStreamException if it cannot
   */
  public static String requireId(String name, String value) throws RefusedStreamException {
    if (value.isEmpty() || value.length() > MAX_ID_CHARS) {
      throw new RefusedStreamException(
          Closing.REFUSED,
          "%s has %d characters; must have 1 to %d".formatted(name, value.length(), MAX_ID_CHARS));
    }
    if (value.codePoints().anyMatch(ClientText::isUnprintable)) {
      throw new RefusedStreamException(
          Closing.REFUSED, name + " has control characters; must be printable");
    }
    return value;
  }

  /** The value in quotes, short and printable, for messages. */
  public static String shown(String value) {
    StringBuilder shown = new StringBuilder("\"");
    value
        .codePoints()
        .limit(SHOWN_CHARS)
        .map(c -> isUnprintable(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown
        .append(value.codePointCount(0, value.length()) > SHOWN_CHARS ? "...\"" : "\"")
        .toString();
  }

  private static boolean isUnprintable(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || c == '\ufffd'
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }
}
