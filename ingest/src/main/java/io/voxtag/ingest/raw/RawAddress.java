package io.voxtag.ingest.raw;

import io.voxtag.ingest.leg.ClientText;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.LegFormat;
import io.voxtag.ingest.leg.LegId;
import io.voxtag.ingest.leg.RefusedStreamException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The leg and the format that the URL of a raw stream names. */
public record RawAddress(LegId leg, LegFormat format) {

  /** What the path begins with; the call and the channel follow. */
  public static final String PREFIX = "/v1/calls/";

  /**
   * Reads the address from a request.
   *
   * @param path of the request, still percent-encoded
   * @param encoding null where not given
   * @param rate null where not given
   * @throws RefusedStreamException if it names no leg or no format
   */
  public static RawAddress of(String path, @Nullable String encoding, @Nullable String rate)
      throws RefusedStreamException {
    String[] parts = path.substring(path.indexOf(PREFIX) + PREFIX.length()).split("/", -1);
    if (parts.length != 2) {
      throw new RefusedStreamException(
          Closing.REFUSED, "path must be " + PREFIX + "{callId}/{channel}");
    }
    return new RawAddress(
        LegId.of(decoded(parts[0]), decoded(parts[1])), LegFormat.of(encoding, rate));
  }

  private static String decoded(String part) throws RefusedStreamException {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedStreamException(
          Closing.REFUSED,
          "path has %s; must be percent-encoded UTF-8".formatted(ClientText.shown(part)));
    }
  }
}
