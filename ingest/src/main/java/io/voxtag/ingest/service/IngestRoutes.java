package io.voxtag.ingest.service;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voxtag.ingest.IngestSettings;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.raw.RawAddress;
import io.voxtag.ingest.raw.RawStream;
import io.voxtag.ingest.socket.ProtocolFactory;
import io.voxtag.ingest.twilio.TwilioStream;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The two addresses at which calls are taken. */
@Singleton
public class IngestRoutes {

  private static final Logger LOG = Logger.getLogger(IngestRoutes.class);
  private static final int UPGRADE_REQUIRED = 426;
  private static final int UNAVAILABLE = 503;

  private final IngestService service;
  private final IngestSettings settings;

  IngestRoutes(IngestService service, IngestSettings settings) {
    this.service = service;
    this.settings = settings;
  }

  void register(@Observes Router router) {
    router
        .get(RawAddress.PREFIX + "*")
        .handler(
            call ->
                upgrade(
                    call,
                    "raw",
                    connection -> new RawStream(rawAddress(call.request()), connection)));
    router
        .get("/v1/twilio")
        .handler(
            call ->
                upgrade(
                    call,
                    "twilio",
                    connection ->
                        new TwilioStream(
                            connection,
                            service.metrics().orElseThrow(),
                            settings.twilio().reorderWindow(),
                            settings.twilio().reorderWait())));
  }

  private void upgrade(RoutingContext call, String transport, ProtocolFactory factory) {
    if (!call.request().headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
      call.response()
          .setStatusCode(UPGRADE_REQUIRED)
          .putHeader(HttpHeaders.UPGRADE, "websocket")
          .end("This address takes WebSocket connections.\n");
      return;
    }
    if (service.isStarting()) {
      call.response()
          .setStatusCode(UNAVAILABLE)
          .putHeader(HttpHeaders.RETRY_AFTER, "1")
          .end("The service is starting and waits for Kafka.\n");
      return;
    }
    call.request()
        .toWebSocket()
        .onSuccess(socket -> accept(socket, transport, factory))
        .onFailure(failure -> LOG.debugf("handshake failed reason=%s", failure));
  }

  private void accept(ServerWebSocket socket, String transport, ProtocolFactory factory) {
    service
        .sockets()
        .ifPresentOrElse(
            sockets -> sockets.accept(transport, socket, factory),
            () -> socket.close((short) Closing.SHUTDOWN.code(), "calls are not taken here"));
  }

  private static RawAddress rawAddress(HttpServerRequest request) throws RefusedStreamException {
    return RawAddress.of(request.path(), request.getParam("encoding"), request.getParam("rate"));
  }
}
