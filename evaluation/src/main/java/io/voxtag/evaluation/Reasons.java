package io.voxtag.evaluation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read, in words: some of the JDK's exceptions say only its name. */
public final class Reasons {

  private Reasons() {}

  /** The reason, with the name of the file. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": may not be read";
    }
    return String.valueOf(e.getMessage());
  }
}
