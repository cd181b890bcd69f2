package io.voxtag.ingest.access;

import io.voxtag.ingest.IngestSettings;
import io.voxtag.schemas.settings.SettingChecks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may send calls: whoever has a token, a certificate that the server trusts, or a
 * signature of Twilio's; where none of these is set, programs on this machine only. Thread-safe.
 */
public final class Access {

  private static final int MIN_TOKEN = 16;
  private static final String BEARER = "bearer ";

  private final boolean everybody;
  private final boolean certificates;
  private final List<byte[]> tokens;
  private final Optional<byte[]> twilioSignature;
  private final Set<String> origins;

  private Access(
      boolean everybody,
      boolean certificates,
      List<byte[]> tokens,
      Optional<byte[]> twilioSignature,
      Set<String> origins) {
    this.everybody = everybody;
    this.certificates = certificates;
    this.tokens = tokens;
    this.twilioSignature = twilioSignature;
    this.origins = origins;
  }

  /**
   * @param httpHost the address that the server listens on
   * @throws AccessException if anybody on the network could send calls and {@code open} does not
   *     say so, or a token is too short or cannot be read
   */
  public static Access of(IngestSettings.Access settings, String httpHost) {
    List<byte[]> tokens = tokens(settings);
    Optional<byte[]> twilio = twilioSignature(settings.twilio());
    boolean guarded = !tokens.isEmpty() || settings.clientCertificates() || twilio.isPresent();
    if (guarded && settings.open()) {
      throw new AccessException(
          "voxtag.ingest.access.open is true, but tokens, client certificates or Twilio's signature"
              + " are asked for, too; leave one of them out");
    }
    if (!guarded && !settings.open() && !SettingChecks.isLoopback(httpHost)) {
      throw new AccessException(
          ("quarkus.http.host is %s, where anybody on the network could send calls: set"
                  + " voxtag.ingest.access.tokens (or VOXTAG_INGEST_ACCESS_TOKENS) to secrets of at"
                  + " least %d characters, or voxtag.ingest.access.client-certificates=true, or"
                  + " voxtag.ingest.access.open=true where something before it decides")
              .formatted(httpHost, MIN_TOKEN));
    }
    return new Access(
        !guarded,
        settings.clientCertificates(),
        tokens,
        twilio,
        Set.copyOf(settings.origins().orElse(List.of())));
  }

  private static List<byte[]> tokens(IngestSettings.Access settings) {
    List<byte[]> tokens = new ArrayList<>();
    settings
        .tokens()
        .orElse(List.of())
        .forEach(token -> tokens.add(token("voxtag.ingest.access.tokens", token)));
    settings
        .tokensFile()
        .ifPresent(
            file -> {
              lines(file).stream()
                  .map(String::strip)
                  .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                  .forEach(line -> tokens.add(token(file.toString(), line)));
              if (tokens.isEmpty()) {
                throw new AccessException(file + " has no token; must have one in a line");
              }
            });
    return List.copyOf(tokens);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AccessException("voxtag.ingest.access.tokens-file cannot be read: " + e, e);
    }
  }

  private static byte[] token(String from, String token) {
    if (token.strip().length() < MIN_TOKEN) {
      throw new AccessException(
          "%s has a token of %d characters; it needs at least %d"
              .formatted(from, token.strip().length(), MIN_TOKEN));
    }
    return token.strip().getBytes(StandardCharsets.UTF_8);
  }

  // https://www.twilio.com/docs/usage/security: HMAC-SHA1 of the address, which a WebSocket
  // handshake has no further parameters to.
  private static Optional<byte[]> twilioSignature(IngestSettings.Access.Twilio settings) {
    if (settings.authToken().isPresent() != settings.url().isPresent()) {
      throw new AccessException(
          "Only one of voxtag.ingest.access.twilio.auth-token and .url is set; Twilio's signature"
              + " needs both");
    }
    return settings.authToken().map(token -> hmac(token, settings.url().orElseThrow()));
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encode(digest);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every JDK has HmacSHA1", e);
    }
  }

  /** Whether a caller may send calls. */
  public boolean admits(Caller caller) {
    return everybody
        || certificates && caller.certificate()
        || bears(caller.authorization())
        || isSignedByTwilio(caller.twilioSignature());
  }

  /** Whether a token may still come later, in the first message of a stream. */
  public boolean takesTokens() {
    return !tokens.isEmpty();
  }

  /** Whether this is one of the tokens. Takes as long for a wrong one as for a right one. */
  public boolean isToken(String offered) {
    byte[] bytes = offered.strip().getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (byte[] token : tokens) {
      found |= MessageDigest.isEqual(bytes, token);
    }
    return found;
  }

  /**
   * Whether a page of a browser may connect; programs name no origin. Without this, any page that
   * somebody on this machine or network opens could send calls.
   */
  public boolean allowsOrigin(@Nullable String origin) {
    return origin == null || origins.contains(origin);
  }

  private boolean bears(@Nullable String authorization) {
    return authorization != null
        && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        && isToken(authorization.substring(BEARER.length()));
  }

  private boolean isSignedByTwilio(@Nullable String signature) {
    return signature != null
        && twilioSignature.isPresent()
        && MessageDigest.isEqual(signature.getBytes(StandardCharsets.UTF_8), twilioSignature.get());
  }
}
