package io.voxtag.console.web;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.voxtag.console.ConsoleService;
import io.voxtag.console.ConsoleService.Running;
import io.voxtag.console.config.ConsoleSettings;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Everything under {@code /console}.
 *
 * <ul>
 *   <li>{@code GET /console/} and its files: the page, which holds no data
 *   <li>{@code GET /console/live}: all data and every change, as server-sent events
 *   <li>{@code POST /console/session {"token"}}: a cookie for the token
 *   <li>{@code POST /console/speakers/erase {"id"}}, {@code /console/models/promote {"id"}}, {@code
 *       /console/training/start}, {@code /console/training/cancel {"id"}}: orders, answered with
 *       204 when Kafka has them
 * </ul>
 */
@ApplicationScoped
class ConsoleRoutes {

  private static final Logger LOG = Logger.getLogger(ConsoleRoutes.class);
  private static final String ROOT = "/console/";
  private static final int MOST_BODY = 4_096;
  private static final int OK = 204;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  /** An order; throws {@link IllegalArgumentException} where there is no such thing. */
  @FunctionalInterface
  private interface Order {
    void give(Running running, String id);
  }

  private final ConsoleService service;
  private final Access access;
  private final PageFiles files = new PageFiles();

  ConsoleRoutes(ConsoleService service, ConsoleSettings settings) {
    this.service = service;
    this.access = new Access(settings.token());
  }

  void register(@Observes Router router) {
    if (!service.isEnabled()) {
      return;
    }
    router.get("/").handler(call -> redirect(call.response()));
    router.route(ROOT + "*").handler(ConsoleRoutes::protect);
    router.get(ROOT + "live").handler(this::live);
    router.post(ROOT + "*").handler(BodyHandler.create(false).setBodyLimit(MOST_BODY));
    router.post(ROOT + "session").handler(this::session);
    order(router, "speakers/erase", ConsoleRoutes::erase);
    order(router, "models/promote", ConsoleRoutes::promote);
    order(
        router,
        "training/start",
        (running, id) -> running.orders().train("console-" + UUID.randomUUID()));
    order(router, "training/cancel", (running, id) -> running.orders().cancel(id));
    router.get(ROOT + "*").handler(this::file);
  }

  private static void redirect(HttpServerResponse response) {
    response.setStatusCode(302).putHeader("Location", ROOT).end();
  }

  /** Nothing but the page's own files is loaded or run, and no other site shows it in a frame. */
  private static void protect(RoutingContext call) {
    call.response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    call.next();
  }

  private void file(RoutingContext call) {
    Optional<PageFiles.File> file = files.find(call.normalizedPath().substring(ROOT.length()));
    if (file.isEmpty()) {
      end(call, NOT_FOUND, "There is no such page.");
      return;
    }
    call.response()
        .putHeader("Content-Type", file.get().type())
        .putHeader("Cache-Control", "no-cache")
        .end(file.get().content());
  }

  private void live(RoutingContext call) {
    allowed(call)
        .ifPresent(
            running ->
                new LiveStream(running.feeds(), call.response(), call.vertx().getOrCreateContext())
                    .start());
  }

  private void session(RoutingContext call) {
    String shown = text(call, "token");
    if (access.of(call.request()) == Access.Answer.FORBIDDEN) {
      end(call, FORBIDDEN, "Not from here.");
    } else if (access.isToken(shown)) {
      call.response().addCookie(Access.cookie(shown, call.request().isSSL()));
      end(call, OK, "");
    } else {
      end(call, UNAUTHORIZED, "That is not the token.");
    }
  }

  private void order(Router router, String path, Order order) {
    router
        .post(ROOT + path)
        .handler(
            call ->
                allowed(call)
                    .ifPresent(
                        running ->
                            call.vertx()
                                .executeBlocking(
                                    () -> {
                                      order.give(running, text(call, "id"));
                                      return null;
                                    },
                                    false)
                                .onSuccess(done -> end(call, OK, ""))
                                .onFailure(failure -> failed(call, failure))));
  }

  private static void failed(RoutingContext call, Throwable failure) {
    if (failure instanceof IllegalArgumentException) {
      end(call, BAD_REQUEST, failure.getMessage());
    } else if (failure instanceof KafkaException) {
      LOG.warnf("An order was not taken, reason=%s", failure);
      end(call, UNAVAILABLE, "Kafka does not take it for now: " + failure.getMessage());
    } else {
      call.fail(failure);
    }
  }

  private Optional<Running> allowed(RoutingContext call) {
    switch (access.of(call.request())) {
      case TOKEN_NEEDED -> end(call, UNAUTHORIZED, "The token is needed.");
      case FORBIDDEN ->
          end(
              call,
              FORBIDDEN,
              "Only browsers on this machine are answered: set voxtag.console.token for others.");
      case ALLOWED -> {
        if (service.running().isPresent()) {
          return service.running();
        }
        end(call, UNAVAILABLE, "The console is starting and waits for Kafka.");
      }
    }
    return Optional.empty();
  }

  private static String text(RoutingContext call, String name) {
    try {
      JsonObject body = call.body().asJsonObject();
      return body != null && body.getValue(name) instanceof String text ? text : "";
    } catch (DecodeException e) {
      return "";
    }
  }

  private static void end(RoutingContext call, int status, String text) {
    call.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(text);
  }

  private static void erase(Running running, String speaker) {
    Set<EnrollmentKey> recordings = running.feeds().recordings(speaker);
    if (recordings.isEmpty()) {
      throw new IllegalArgumentException("Nobody is enrolled as '" + speaker + "'.");
    }
    running.orders().erase(recordings);
  }

  private static void promote(Running running, String version) {
    ModelVersions versions = running.feeds().versions();
    ModelVersion found =
        versions
            .named(version)
            .orElseThrow(
                () -> new IllegalArgumentException("There is no version '" + version + "'."));
    ModelStatus status = versions.statusOf(version).orElseThrow();
    if (status != ModelStatus.READY && status != ModelStatus.RETIRED) {
      throw new IllegalArgumentException(
          "Version '%s' is %s; one that is READY or RETIRED can be promoted."
              .formatted(version, status));
    }
    running.orders().promote(found);
  }
}
