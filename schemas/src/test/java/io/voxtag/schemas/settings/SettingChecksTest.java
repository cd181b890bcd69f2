package io.voxtag.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingChecksTest {

  @Test
  void bothEndsOfARangeBelongToIt() {
    assertThatCode(() -> SettingChecks.requireRange("a.b", 1, 1, 3)).doesNotThrowAnyException();
    assertThatCode(() -> SettingChecks.requireRange("a.b", 3, 1, 3)).doesNotThrowAnyException();
    assertThatThrownBy(() -> SettingChecks.requireRange("a.b", 4, 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a.b is 4; must be from 1 to 3");
    assertThatThrownBy(() -> SettingChecks.requireRange("a.b", 0, 1, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTheOwnMachineIsLoopback() {
    assertThat(SettingChecks.isLoopback("127.0.0.1")).isTrue();
    assertThat(SettingChecks.isLoopback("::1")).isTrue();
    assertThat(SettingChecks.isLoopback("0.0.0.0")).isFalse();
    assertThat(SettingChecks.isLoopback("192.0.2.7")).isFalse();
  }
}
