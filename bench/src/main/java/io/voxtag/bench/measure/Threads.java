package io.voxtag.bench.measure;

/**
 * How many threads work.
 *
 * @param workers callers at the same time
 * @param perWorker threads that the operators of one call share
 */
public record Threads(int workers, int perWorker) {
  /**
   * Reads {@code WORKERSxTHREADS}, for example {@code 2x1}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Threads parse(String text) {
    if (!text.matches("[1-9]\\d{0,2}x[1-9]\\d{0,2}")) {
      throw new IllegalArgumentException(
          "threads are '" + text + "' but must be WORKERSxTHREADS, for example 2x1");
    }
    int x = text.indexOf('x');
    return new Threads(
        Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
  }

  @Override
  public String toString() {
    return workers + "x" + perWorker;
  }
}
