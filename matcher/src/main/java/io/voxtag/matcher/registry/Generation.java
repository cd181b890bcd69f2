package io.voxtag.matcher.registry;

/**
 * Identity of the data in Redis. Another one than before means that Redis may have lost something:
 * the data were emptied, or the server was restarted (it may keep less than it acknowledged) or
 * replaced.
 *
 * @param epoch random name, made when the registry was empty
 * @param run identity of the server process
 */
public record Generation(String epoch, String run) {

  /** As one text. */
  public String id() {
    return epoch + "@" + run;
  }
}
