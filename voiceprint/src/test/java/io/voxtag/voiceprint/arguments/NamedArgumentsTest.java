package io.voxtag.voiceprint.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedArgumentsTest {

  @Test
  void namesAnUnknownKeyAndWhatIsKnown() {
    assertThatThrownBy(() -> new NamedArguments("X", Map.of("scal", 1), Set.of("scale", "margin")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("X has no argument 'scal'; it takes [margin, scale]");
  }

  @Test
  void missingValuesTakeTheirDefaults() {
    NamedArguments arguments = new NamedArguments("X", Map.of(), Set.of("a"));
    assertThat(arguments.integer("a", 7, 1, 3)).isEqualTo(7);
    assertThat(arguments.number("a", 0.5, 1, 3)).isEqualTo(0.5);
    assertThat(arguments.flag("a", true)).isTrue();
    assertThat(arguments.choice("a", "b", Set.of("b"))).isEqualTo("b");
    assertThat(arguments.nested("a")).isEmpty();
    assertThat(arguments.has("a")).isFalse();
  }

  @Test
  void refusesWrongValuesWithTheKeyTheValueAndTheRange() {
    NamedArguments arguments =
        new NamedArguments("X", Map.of("n", 2.5, "s", "word", "big", 9), Set.of("n", "s", "big"));
    refused(() -> arguments.integer("n", 0, 0, 5), "X: n is 2.5 but must be a whole number");
    refused(() -> arguments.number("s", 0, 0, 5), "X: s is word but must be a number");
    refused(() -> arguments.number("big", 0, 0, 5), "X: big is 9 but must be from 0.0 to 5.0");
    refused(() -> arguments.flag("n", true), "X: n is 2.5 but must be true or false");
    refused(
        () -> arguments.choice("s", "a", Set.of("b", "a")),
        "X: s is word but must be one of [a, b]");
    refused(() -> arguments.nested("s"), "X: s is word but must be arguments by name");
  }

  private static void refused(Runnable read, String message) {
    assertThatThrownBy(read::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
