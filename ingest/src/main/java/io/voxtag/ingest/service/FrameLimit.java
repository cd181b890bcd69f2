package io.voxtag.ingest.service;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Lets frames in that are longer than messages may be, so that they can be refused with a reason.
 * The HTTP server breaks the connection over longer ones.
 */
@Singleton
public class FrameLimit implements HttpServerOptionsCustomizer {

  private static final int MAX_FRAME_BYTES = 256 * 1024;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setMaxWebSocketFrameSize(Math.max(options.getMaxWebSocketFrameSize(), MAX_FRAME_BYTES));
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    customizeHttpServer(options);
  }
}
