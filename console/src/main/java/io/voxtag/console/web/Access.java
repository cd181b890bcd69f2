package io.voxtag.console.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. With a token, whoever shows it, in the header {@code Authorization: Bearer} or in
 * the cookie that {@link #cookie} makes. Without one, browsers on this machine that asked for it by
 * a name of this machine: another site that gives its own name our address is not answered. Orders
 * must come from a page of the same origin. Immutable.
 */
final class Access {

  private static final String COOKIE = "voxtag-console";
  private static final String BEARER = "Bearer ";
  private static final long COOKIE_SECONDS = 12L * 60 * 60;
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What becomes of a request. */
  enum Answer {
    ALLOWED,
    TOKEN_NEEDED,
    FORBIDDEN
  }

  private final byte @Nullable [] token;

  Access(Optional<String> token) {
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
  }

  Answer of(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET) && !isSameOrigin(request)) {
      return Answer.FORBIDDEN;
    }
    if (token == null) {
      return isLocal(request) ? Answer.ALLOWED : Answer.FORBIDDEN;
    }
    return isToken(shown(request)) ? Answer.ALLOWED : Answer.TOKEN_NEEDED;
  }

  /** Whether a text is the token. */
  boolean isToken(@Nullable String text) {
    return token != null
        && text != null
        && MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A cookie for a browser that has shown the token. */
  static Cookie cookie(String shown, boolean secure) {
    return Cookie.cookie(COOKIE, shown)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(secure)
        .setPath("/console")
        .setMaxAge(COOKIE_SECONDS);
  }

  private static @Nullable String shown(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.startsWith(BEARER)) {
      return header.substring(BEARER.length());
    }
    Cookie cookie = request.getCookie(COOKIE);
    return cookie == null ? null : cookie.getValue();
  }

  private static boolean isLocal(HttpServerRequest request) {
    return isLoopback(request.remoteAddress())
        && request.authority() != null
        && LOCAL.contains(request.authority().host());
  }

  private static boolean isLoopback(@Nullable SocketAddress address) {
    try {
      // An address in digits: no name is looked up.
      return address != null
          && address.hostAddress() != null
          && InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Browsers name the origin of every order, and programs that are none name nothing. */
  private static boolean isSameOrigin(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return true;
    }
    try {
      return request.authority() != null
          && URI.create(origin).getAuthority() != null
          && URI.create(origin).getAuthority().equals(request.authority().toString());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
