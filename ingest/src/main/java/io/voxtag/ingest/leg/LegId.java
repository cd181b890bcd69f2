package io.voxtag.ingest.leg;

/**
 * One leg of one call.
 *
 * @param callId 1 to 128 printable characters
 * @param channel 0 to 31
 */
public record LegId(String callId, int channel) {

  /** The highest channel. */
  public static final int MAX_CHANNEL = 31;

  /**
   * The leg that a client named.
   *
   * @throws RefusedStreamException if there can be no such leg
   */
  public static LegId of(String callId, String channel) throws RefusedStreamException {
    return new LegId(ClientText.requireId("callId", callId), parseChannel(channel));
  }

  private static int parseChannel(String text) throws RefusedStreamException {
    if (text.length() <= 2 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int channel = Integer.parseInt(text);
      if (channel <= MAX_CHANNEL) {
        return channel;
      }
    }
    throw new RefusedStreamException(
        Closing.REFUSED,
        "channel is %s; must be 0 to %d".formatted(ClientText.shown(text), MAX_CHANNEL));
  }
}
