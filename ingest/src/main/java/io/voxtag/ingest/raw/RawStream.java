package io.voxtag.ingest.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.ingest.leg.ClientText;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.LegSession;
import io.voxtag.ingest.leg.LegTotals;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.socket.StreamConnection;
import io.voxtag.ingest.socket.StreamProtocol;
import java.util.UUID;

/**
 * One leg: binary messages are its audio. The text message {@code {"event":"end"}} ends it and is
 * answered by {@code {"event":"ended","samples":N,"chunks":N}} when Kafka has all of it.
 */
public final class RawStream implements StreamProtocol {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LegSession leg;
  private final StreamConnection connection;

  /** Opens the leg. */
  public RawStream(RawAddress address, StreamConnection connection) {
    this.connection = connection;
    this.leg = connection.open(address.leg(), UUID.randomUUID().toString(), address.format());
  }

  @Override
  public void onText(String message) throws RefusedStreamException {
    String event = event(message);
    if (!event.equals("end")) {
      throw new RefusedStreamException(
          Closing.REFUSED,
          "event is %s; must be \"end\"; audio goes into binary messages"
              .formatted(ClientText.shown(event)));
    }
    leg.end();
    // Failures close the connection by themselves.
    leg.finished().thenAccept(this::answer);
  }

  @Override
  public void onBinary(byte[] message) throws RefusedStreamException {
    leg.accept(message);
  }

  @Override
  public void onEnd() {
    leg.end();
  }

  private void answer(LegTotals totals) {
    connection.send(
        "{\"event\":\"ended\",\"samples\":%d,\"chunks\":%d}"
            .formatted(totals.samples(), totals.chunks()));
    connection.close(Closing.ENDED, "");
  }

  private static String event(String message) throws RefusedStreamException {
    try {
      JsonNode event = JSON.readTree(message).path("event");
      if (event.isTextual()) {
        return event.textValue();
      }
    } catch (JsonProcessingException e) {
      throw new RefusedStreamException(
          Closing.MALFORMED, "text is no JSON; must be {\"event\":\"end\"}, audio is binary");
    }
    throw new RefusedStreamException(
        Closing.MALFORMED, "text has no event; must be {\"event\":\"end\"}, audio is binary");
  }
}
