package io.voxtag.console.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.voxtag.console.access.Access;
import io.voxtag.console.access.LoginAttempts;
import io.voxtag.console.web.PageFiles;
import io.voxtag.console.web.RequestException;
import io.voxtag.console.web.Requests;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page's addresses: its files, the login, the stream of changes. */
@Singleton
public class ConsoleRoutes {

  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final int LOGINS_A_MINUTE = 10;
  private static final long COOKIE_SECONDS = 12 * 3600L;

  private final ConsoleService service;
  private final Requests requests;
  private final PageFiles files = new PageFiles();
  private final LoginAttempts attempts = new LoginAttempts(LOGINS_A_MINUTE, InstantSource.system());

  ConsoleRoutes(ConsoleService service, ObjectMapper json) {
    this.service = service;
    this.requests = new Requests(json);
  }

  /** What a login sends. */
  record Login(@Nullable String token) {}

  void register(@Observes Router router) {
    Optional<Access> access = service.access();
    if (access.isEmpty()) {
      return;
    }
    Guard guard = new Guard(access.get(), requests);
    router.route("/").handler(guard::handle);
    router.route("/console/*").handler(guard::handle);
    router
        .post("/console/*")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .failureHandler(this::failed);
    router.get("/").handler(call -> file(call, "index.html", 200));
    router.get("/console/login").handler(call -> file(call, "login.html", 401));
    router.post("/console/login").handler(call -> login(call, access.get()));
    router.post("/console/logout").handler(this::logout);
    router.get("/console/events").handler(this::events);
    router
        .get("/console/api/session")
        .handler(call -> requests.answer(call, () -> Map.of("token", access.get().takesToken())));
    new ConsoleApi(service, requests).register(router);
    router.get("/console/:file").handler(call -> file(call, call.pathParam("file"), 200));
    router.route("/console/*").handler(call -> requests.error(call, 404, "There is nothing here"));
  }

  private void failed(RoutingContext call) {
    if (call.statusCode() == 413) {
      requests.error(call, 413, "The request is longer than " + MAX_BODY_BYTES + " bytes");
    } else {
      call.next();
    }
  }

  private void file(RoutingContext call, String name, int status) {
    files
        .file(name)
        .ifPresentOrElse(
            bytes ->
                call.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, PageFiles.type(name))
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .end(Buffer.buffer(bytes)),
            call::next);
  }

  private void login(RoutingContext call, Access access) {
    requests.answer(
        call,
        () -> {
          if (!attempts.mayTry()) {
            throw RequestException.unavailable("Too many wrong tokens; try again in a minute");
          }
          String token = requests.body(call, Login.class).token();
          Optional<String> session = access.login(token == null ? "" : token);
          if (session.isEmpty()) {
            attempts.failed();
            throw RequestException.wrong("That is not the token of this console");
          }
          call.response().addCookie(cookie(call, session.get()).setMaxAge(COOKIE_SECONDS));
          return Map.of();
        });
  }

  private void logout(RoutingContext call) {
    call.response().addCookie(cookie(call, "").setMaxAge(0));
    requests.answer(call, Map::of);
  }

  private static Cookie cookie(RoutingContext call, String value) {
    return Cookie.cookie(Access.COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure("https".equals(call.request().scheme()));
  }

  private void events(RoutingContext call) {
    Optional<Parts> parts = service.parts();
    if (parts.isEmpty()) {
      requests.error(call, 503, "The console is starting and waits for Kafka");
    } else if (!parts.get().browsers.accept(call.response())) {
      requests.error(call, 503, "As many pages are open as there may be");
    }
  }
}
