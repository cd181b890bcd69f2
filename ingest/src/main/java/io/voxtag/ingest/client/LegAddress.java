package io.voxtag.ingest.client;

import io.voxtag.schemas.event.AudioEncoding;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One leg of one call.
 *
 * @param callId 1 to 128 printable characters
 * @param channel 0 to 31
 */
public record LegAddress(String callId, int channel) {

  URI at(URI server, AudioEncoding encoding, int sampleRate) {
    String base = server.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "");
    // URLEncoder writes forms, where a space is a plus; in a path it is not.
    String call = URLEncoder.encode(callId, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(
        "%s/v1/calls/%s/%d?rate=%d&encoding=%s"
            .formatted(base, call, channel, sampleRate, encoding.name().toLowerCase(Locale.ROOT)));
  }
}
