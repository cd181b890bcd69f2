package io.voxtag.ingest.service;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voxtag.ingest.IngestSettings;
import io.voxtag.ingest.access.Access;
import io.voxtag.ingest.access.Caller;
import io.voxtag.ingest.access.TokenBucket;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.publish.IngestMetrics.Refusal;
import io.voxtag.ingest.raw.RawAddress;
import io.voxtag.ingest.raw.RawStream;
import io.voxtag.ingest.socket.ProtocolFactory;
import io.voxtag.ingest.twilio.TwilioStream;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The two addresses at which calls are taken. */
@Singleton
public class IngestRoutes {

  private static final Logger LOG = Logger.getLogger(IngestRoutes.class);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int UPGRADE_REQUIRED = 426;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final IngestService service;
  private final IngestSettings settings;
  private final TokenBucket connects;

  IngestRoutes(IngestService service, IngestSettings settings) {
    this.service = service;
    this.settings = settings;
    this.connects = new TokenBucket(settings.maxConnectsPerSecond());
  }

  void register(@Observes Router router) {
    router
        .get(RawAddress.PREFIX + "*")
        .handler(
            call -> {
              if (isAdmitted(call)) {
                upgrade(
                    call,
                    "raw",
                    connection -> new RawStream(rawAddress(call.request()), connection));
              } else {
                refuse(call);
              }
            });
    router
        .get("/v1/twilio")
        .handler(
            call -> {
              boolean admitted = isAdmitted(call);
              // Twilio sends neither headers nor a query of its users' choice.
              if (admitted || takesTokenLater()) {
                upgrade(call, "twilio", twilio(admitted));
              } else {
                refuse(call);
              }
            });
  }

  private ProtocolFactory twilio(boolean admitted) {
    Predicate<@Nullable String> admits =
        token ->
            admitted || token != null && service.access().filter(a -> a.isToken(token)).isPresent();
    return connection ->
        new TwilioStream(
            connection,
            service.metrics().orElseThrow(),
            settings.twilio().reorderWindow(),
            settings.twilio().reorderWait(),
            admits);
  }

  private boolean takesTokenLater() {
    return service.access().filter(Access::takesTokens).isPresent();
  }

  private boolean isAdmitted(RoutingContext call) {
    // Where no calls are taken, whoever comes is told so.
    return service.access().map(access -> access.admits(caller(call.request()))).orElse(true);
  }

  private void refuse(RoutingContext call) {
    count(Refusal.CREDENTIALS);
    call.response()
        .setStatusCode(UNAUTHORIZED)
        .putHeader("WWW-Authenticate", "Bearer")
        .end(
            "Calls are taken from those who show one of this service's tokens (Authorization:"
                + " Bearer TOKEN) or another proof that it is set to accept.\n");
  }

  private static Caller caller(HttpServerRequest request) {
    return new Caller(
        request.getHeader(HttpHeaders.AUTHORIZATION),
        hasCertificate(request),
        request.getHeader("X-Twilio-Signature"));
  }

  private static boolean hasCertificate(HttpServerRequest request) {
    if (!request.isSSL() || request.sslSession() == null) {
      return false;
    }
    try {
      return request.sslSession().getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      // That is how a session says that the client showed none.
      return false;
    }
  }

  private void upgrade(RoutingContext call, String transport, ProtocolFactory factory) {
    if (!call.request().headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
      call.response()
          .setStatusCode(UPGRADE_REQUIRED)
          .putHeader(HttpHeaders.UPGRADE, "websocket")
          .end("This address takes WebSocket connections.\n");
      return;
    }
    String origin = call.request().getHeader(HttpHeaders.ORIGIN);
    if (service.access().filter(access -> !access.allowsOrigin(origin)).isPresent()) {
      count(Refusal.ORIGIN);
      call.response()
          .setStatusCode(FORBIDDEN)
          .end(
              "Pages of this origin may not send calls; voxtag.ingest.access.origins lists those"
                  + " that may.\n");
      return;
    }
    if (!connects.tryTake()) {
      count(Refusal.RATE);
      call.response()
          .setStatusCode(TOO_MANY_REQUESTS)
          .putHeader(HttpHeaders.RETRY_AFTER, "1")
          .end(
              "More than %d connections a second; try again.\n"
                  .formatted(settings.maxConnectsPerSecond()));
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

  private void count(Refusal refusal) {
    service.metrics().ifPresent(metrics -> metrics.refused(refusal));
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
