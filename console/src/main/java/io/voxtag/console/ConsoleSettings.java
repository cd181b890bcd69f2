package io.voxtag.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the service; the configuration keys begin with {@code voxtag.console}. */
@ConfigMapping(prefix = "voxtag.console")
public interface ConsoleSettings {

  /**
   * {@code enabled}: whether the page is served. Where not, nothing connects to Kafka. On by
   * default.
   */
  @WithDefault("true")
  boolean enabled();

  /**
   * {@code token}: what a browser must show to be let in, 16 characters or more. Without one, and
   * without {@code oidc}, the page is for browsers on the same machine only.
   */
  Optional<String> token();

  /**
   * {@code oidc}: whether an OpenID Connect provider says who is let in; its address and so on are
   * {@code quarkus.oidc.*}. Off by default.
   */
  @WithDefault("false")
  boolean oidc();

  /** {@code max-calls}: calls shown at most, the newest ones. 100 by default. */
  @WithDefault("100")
  int maxCalls();

  /** {@code max-stretches}: stretches kept of each leg, the newest ones. 600 by default. */
  @WithDefault("600")
  int maxStretches();

  /** {@code keep-ended}: how long calls stay that have ended. 15 minutes by default. */
  @WithDefault("PT15M")
  Duration keepEnded();

  /** {@code max-browsers}: pages that are told of changes at a time. 100 by default. */
  @WithDefault("100")
  int maxBrowsers();
}
