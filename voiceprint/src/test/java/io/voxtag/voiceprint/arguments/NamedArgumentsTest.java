package io.voxtag.voiceprint.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    refused(
        () -> arguments.integer("n", 0, 0, 5),
        "X: n is 2.5 but must be a whole number from 0 to 5");
    refused(
        () -> arguments.integer("big", 0, 10, Integer.MAX_VALUE),
        "X: big is 9 but must be a whole number of at least 10");
    refused(() -> arguments.number("big", 0, 0.5, 5), "X: big is 9 but must be from 0.5 to 5");
    refused(() -> arguments.number("s", 0, 0, 5), "X: s is word but must be a number");
    refused(() -> arguments.number("big", 0, 0, 5), "X: big is 9 but must be from 0 to 5");
    refused(() -> arguments.flag("n", true), "X: n is 2.5 but must be true or false");
    refused(
        () -> arguments.choice("s", "a", Set.of("b", "a")),
        "X: s is word but must be one of [a, b]");
    refused(() -> arguments.nested("s"), "X: s is word but must be arguments by name");
  }

  @Test
  void aPartMayTakeTheNamesThatItReads() {
    NamedArguments arguments = new NamedArguments("X", Map.of("depth", 2, "widht", 3));
    assertThat(arguments.integer("depth", 1, 1, 5)).isEqualTo(2);
    assertThat(arguments.integer("width", 4, 1, 5)).isEqualTo(4);
    refused(arguments::refuseOthers, "X has no argument 'widht'; it takes [depth, width]");
  }

  @Test
  void listsAreCheckedElementByElement() {
    NamedArguments arguments =
        new NamedArguments(
            "X",
            Map.of(
                "few",
                List.of(1, 2),
                "mixed",
                List.of(1, "a"),
                "one",
                7,
                "falling",
                List.of(3, 2)));
    assertThat(arguments.integers("few", List.of(), 1, 2)).containsExactly(1, 2);
    assertThat(arguments.numbers("few", List.of())).containsExactly(1.0, 2.0);
    refused(
        () -> arguments.integers("mixed", List.of(), 0, 5),
        "X: mixed is a but must be a whole number from 0 to 5");
    refused(
        () -> arguments.integers("one", List.of(), 0, 5),
        "X: one is 7 but must be a list of at most 64 whole numbers");
    refused(
        () -> arguments.tuple("few", List.of(1, 2, 3), 0, 5),
        "X: few is [1, 2] but must be a list of 3 whole numbers");
    refused(
        () -> arguments.numbers("mixed", List.of()),
        "X: mixed is [1, a] but must be a list of numbers");
    refused(
        () -> arguments.rising("falling", 1),
        "X: falling is [3, 2] but must be a list of rising whole numbers from 1");
    refused(() -> arguments.severalNested("few"), "X: few is 1 but must be arguments by name");
  }

  private static void refused(Runnable read, String message) {
    assertThatThrownBy(read::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
