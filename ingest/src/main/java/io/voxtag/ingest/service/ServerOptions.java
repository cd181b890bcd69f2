package io.voxtag.ingest.service;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.voxtag.ingest.IngestSettings;
import jakarta.inject.Singleton;

/**
 * What the HTTP server must do for ingest: let frames in that are longer than messages may be, so
 * that they can be refused with a reason, where it would break the connection; and ask clients for
 * their certificate where one lets in.
 */
@Singleton
public class ServerOptions implements HttpServerOptionsCustomizer {

  private static final int MAX_FRAME_BYTES = 256 * 1024;

  private final IngestSettings settings;

  ServerOptions(IngestSettings settings) {
    this.settings = settings;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setMaxWebSocketFrameSize(Math.max(options.getMaxWebSocketFrameSize(), MAX_FRAME_BYTES));
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    customizeHttpServer(options);
    if (settings.access().clientCertificates() && options.getClientAuth() != ClientAuth.REQUIRED) {
      options.setClientAuth(ClientAuth.REQUEST);
    }
  }
}
