package io.voxtag.evaluation;

import java.nio.file.Path;

/**
 * A line of a list, as messages name it.
 *
 * @param number from 1
 * @param text what it says
 */
record ListLine(Path list, int number, String text) {

  @Override
  public String toString() {
    return "%s, line %d (%s)".formatted(list, number, text);
  }
}
