package io.voxtag.console.service;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.voxtag.console.access.Access;
import io.voxtag.console.access.Caller;
import io.voxtag.console.web.Requests;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands before every address of the console. */
final class Guard {

  private static final Set<String> OPEN =
      Set.of(
          "/console/login",
          "/console/login.js",
          "/console/console.css",
          "/console/icon.svg",
          "/console/dom.js");
  private static final Set<String> FORWARDED =
      Set.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Access access;
  private final Requests requests;

  Guard(Access access, Requests requests) {
    this.access = access;
    this.requests = requests;
  }

  /** Passes a request on, or answers it. */
  void handle(RoutingContext call) {
    HttpServerRequest request = call.request();
    protect(call.response());
    if (request.method() != HttpMethod.GET && !Requests.isFromThisPage(request)) {
      requests.error(
          call,
          403,
          "Only this page itself may ask for that: as application/json, and from the same origin");
      return;
    }
    boolean open = access.takesToken() && OPEN.contains(request.path());
    if (open || access.admits(caller(call))) {
      call.next();
    } else if (access.takesToken() && request.path().equals("/")) {
      call.reroute(HttpMethod.GET, "/console/login");
    } else {
      requests.error(call, access.takesToken() ? 401 : 403, refusal());
    }
  }

  private String refusal() {
    return access.takesToken()
        ? "Log in with the console's token first"
        : "The console answers browsers on its own machine only, as http://localhost";
  }

  private static void protect(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static Caller caller(RoutingContext call) {
    HttpServerRequest request = call.request();
    Cookie cookie = request.getCookie(Access.COOKIE);
    return new Caller(
        isLoopback(request.remoteAddress()),
        FORWARDED.stream().anyMatch(request.headers()::contains),
        Requests.host(request),
        request.getHeader(HttpHeaders.AUTHORIZATION),
        cookie == null ? null : cookie.getValue(),
        isIdentified(call.user()));
  }

  private static boolean isIdentified(@Nullable User user) {
    return user instanceof QuarkusHttpUser known && !known.getSecurityIdentity().isAnonymous();
  }

  private static boolean isLoopback(SocketAddress address) {
    try {
      return address != null && InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // No address of the internet protocol, so no browser of this machine.
      return false;
    }
  }
}
