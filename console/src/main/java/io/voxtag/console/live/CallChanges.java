package io.voxtag.console.live;

import java.util.List;

/**
 * What changed.
 *
 * @param calls calls with their changed legs, and of these the changed stretches
 * @param gone keys of the calls that are no longer kept
 */
public record CallChanges(List<CallView> calls, List<String> gone) {

  public boolean isEmpty() {
    return calls.isEmpty() && gone.isEmpty();
  }
}
