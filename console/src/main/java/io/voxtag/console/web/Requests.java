package io.voxtag.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes requests as JSON and answers them so. Thread-safe. */
public final class Requests {

  private static final Logger LOG = Logger.getLogger(Requests.class);
  private static final String JSON = "application/json";

  private final ObjectMapper json;

  public Requests(ObjectMapper json) {
    this.json = json;
  }

  /** An answer that is no JSON. */
  public record Bytes(String type, byte[] body) {

    @Override
    public String toString() {
      return "Bytes[" + type + ", " + body.length + "]";
    }
  }

  /**
   * Answers with what some work gives: {@link Bytes} as they are, everything else as JSON, and its
   * failures as JSON with an {@code error} in words.
   */
  public void answer(RoutingContext call, Callable<?> work) {
    try {
      Object value = work.call();
      if (value instanceof Bytes bytes) {
        call.response().putHeader(HttpHeaders.CONTENT_TYPE, bytes.type());
        end(call, 200, bytes.body());
      } else {
        json(call, 200, value);
      }
    } catch (RequestException e) {
      error(call, e.status(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      error(call, 400, String.valueOf(e.getMessage()));
    } catch (KafkaException e) {
      LOG.warnf(e, "request failed path=%s", call.request().path());
      error(call, 503, "Kafka does not answer as it should: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      error(call, 503, "The console stops");
    } catch (Exception e) {
      LOG.errorf(e, "request failed path=%s", call.request().path());
      error(call, 500, "The console failed; its log says why");
    }
  }

  /** Answers with an error in words. */
  public void error(RoutingContext call, int status, String message) {
    json(call, status, Map.of("error", message));
  }

  private void json(RoutingContext call, int status, Object value) {
    try {
      byte[] body = json.writeValueAsBytes(value);
      call.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON);
      end(call, status, body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Answers are always JSON", e);
    }
  }

  private static void end(RoutingContext call, int status, byte[] body) {
    call.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(body))
        .onFailure(failure -> LOG.debugf("a browser is gone reason=%s", failure));
  }

  /**
   * The body of a request.
   *
   * @throws RequestException if it is not what it should be
   */
  public <T> T body(RoutingContext call, Class<T> type) {
    ObjectReader reader =
        json.readerFor(type).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    try {
      T value =
          reader.readValue(
              call.body().buffer() == null ? new byte[0] : call.body().buffer().getBytes());
      if (value == null) {
        throw RequestException.wrong("The request has no content");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw RequestException.wrong("The request is not as expected: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory does not fail", e);
    }
  }

  /**
   * A parameter of the address.
   *
   * @throws RequestException if it is not there
   */
  public static String text(RoutingContext call, String name) {
    String value = call.request().getParam(name);
    if (value == null) {
      throw RequestException.wrong("The parameter " + name + " is missing");
    }
    return value;
  }

  /**
   * A parameter of the address that is a whole number.
   *
   * @throws RequestException if it is not there or no number
   */
  public static long number(RoutingContext call, String name) {
    String value = text(call, name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw RequestException.wrong(
          "The parameter %s is \"%s\", must be a whole number".formatted(name, value));
    }
  }

  /**
   * Whether a page of this server sent a request that changes something: browsers say so, and pages
   * elsewhere cannot send JSON without being asked about first.
   */
  public static boolean isFromThisPage(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      return false;
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !isHost(origin, host(request))) {
      return false;
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(JSON);
  }

  /** The server as the request names it, with its port; HTTP/2 has no Host header. */
  public static @Nullable String host(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.toString();
  }

  private static boolean isHost(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
