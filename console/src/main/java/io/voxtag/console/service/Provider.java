package io.voxtag.console.service;

import io.quarkus.vertx.http.security.HttpSecurity;
import io.voxtag.console.ConsoleSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Has an OpenID Connect provider asked who comes, where the settings want that. */
@Singleton
public class Provider {

  private final ConsoleSettings settings;

  Provider(ConsoleSettings settings) {
    this.settings = settings;
  }

  void secure(@Observes HttpSecurity http) {
    if (settings.enabled() && settings.oidc()) {
      http.path("/", "/console/*").authenticated();
    }
  }
}
