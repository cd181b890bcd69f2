package io.voxtag.embedded;

import java.nio.file.Path;
import java.util.List;

/** Redis did not start; its last log lines say why. */
public final class RedisStartException extends EmbeddedServerException {

  private final List<String> logTail;

  RedisStartException(Path folder, String reason, List<String> logTail) {
    super(
        "Redis did not start on "
            + folder
            + ": "
            + reason
            + (logTail.isEmpty() ? "" : "; its log ends with:\n  " + String.join("\n  ", logTail)));
    this.logTail = List.copyOf(logTail);
  }

  RedisStartException(Path folder, String reason, Throwable cause) {
    super("Redis did not start on " + folder + ": " + reason, cause);
    this.logTail = List.of();
  }

  /** The last lines that Redis wrote, oldest first; empty where it wrote none. */
  public List<String> logTail() {
    return logTail;
  }
}
