package io.voxtag.console.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How the console works; the configuration keys begin with {@code voxtag.console}. */
@ConfigMapping(prefix = "voxtag.console")
public interface ConsoleSettings {

  /** {@code enabled}: whether this process serves the page. True by default. */
  @WithDefault("true")
  boolean enabled();

  /**
   * {@code token}: secret that the page asks for, at least 16 characters. None by default: then
   * only browsers on the same machine are answered.
   */
  Optional<String> token();

  /** {@code calls}: most calls that are shown, the newest. 200 by default. */
  @WithDefault("200")
  int calls();

  /** {@code windows}: most windows of a leg that are shown, the newest. 900 by default. */
  @WithDefault("900")
  int windows();

  /** {@code keep-ended}: how long a call is shown that is over. 10 min by default. */
  @WithDefault("PT10M")
  Duration keepEnded();
}
