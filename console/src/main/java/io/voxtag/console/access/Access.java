package io.voxtag.console.access;

import io.voxtag.schemas.settings.SettingChecks;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is let in: whoever has the token, whoever an OpenID Connect provider knows, or, where
 * neither is set, browsers on this machine. Thread-safe.
 */
public final class Access {

  /** Name of the cookie of those who logged in with the token. */
  public static final String COOKIE = "voxtag-console";

  private static final int MIN_TOKEN = 16;
  private static final String BEARER = "bearer ";
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private enum Kind {
    LOCAL,
    TOKEN,
    OIDC
  }

  private final Kind kind;
  private final byte[] token;
  private final String session;

  private Access(Kind kind, String token) {
    this.kind = kind;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.session = kind == Kind.TOKEN ? session(this.token) : "";
  }

  /**
   * @param httpHost the address that the server listens on
   * @throws AccessException if anybody on the network could come in, or the token is too short
   */
  public static Access of(Optional<String> token, boolean oidc, String httpHost) {
    if (oidc) {
      if (token.isPresent()) {
        throw new AccessException(
            "Both voxtag.console.token and voxtag.console.oidc are set; only one can decide who is"
                + " let in");
      }
      return new Access(Kind.OIDC, "");
    }
    if (token.isPresent()) {
      if (token.get().strip().length() < MIN_TOKEN) {
        throw new AccessException(
            "voxtag.console.token has %d characters; it needs at least %d"
                .formatted(token.get().strip().length(), MIN_TOKEN));
      }
      return new Access(Kind.TOKEN, token.get().strip());
    }
    if (!SettingChecks.isLoopback(httpHost)) {
      throw new AccessException(
          ("quarkus.http.host is %s, where the console would be open to the network: set"
                  + " voxtag.console.token (or VOXTAG_CONSOLE_TOKEN) to at least %d characters, or"
                  + " voxtag.console.oidc=true with quarkus.oidc.*, or voxtag.console.enabled=false")
              .formatted(httpHost, MIN_TOKEN));
    }
    return new Access(Kind.LOCAL, "");
  }

  /** Whether a login with the token is what lets in. */
  public boolean takesToken() {
    return kind == Kind.TOKEN;
  }

  /** Whether a caller is let in. */
  public boolean admits(Caller caller) {
    return switch (kind) {
      // A page elsewhere could name this machine with a host name of its own (DNS rebinding).
      case LOCAL -> caller.loopback() && !caller.forwarded() && hasLocalName(caller.host());
      case TOKEN -> same(caller.cookie(), session) || bears(caller.authorization());
      case OIDC -> caller.identified();
    };
  }

  /** What the cookie of somebody with that token holds; empty where it is another token. */
  public Optional<String> login(String offered) {
    return kind == Kind.TOKEN && isToken(offered.strip()) ? Optional.of(session) : Optional.empty();
  }

  private static boolean hasLocalName(@Nullable String host) {
    if (host == null) {
      return false;
    }
    return LOCAL_NAMES.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", ""));
  }

  private boolean bears(@Nullable String authorization) {
    return authorization != null
        && authorization.length() > BEARER.length()
        && authorization.substring(0, BEARER.length()).equalsIgnoreCase(BEARER)
        && isToken(authorization.substring(BEARER.length()).strip());
  }

  private boolean isToken(String offered) {
    return MessageDigest.isEqual(offered.getBytes(StandardCharsets.UTF_8), token);
  }

  private static boolean same(@Nullable String offered, String expected) {
    return offered != null
        && MessageDigest.isEqual(
            offered.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  // Not the token itself, which opens other doors, too, where somebody uses it twice.
  private static String session(byte[] token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token, "HmacSHA256"));
      byte[] digest = mac.doFinal("voxtag console session".getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
