package io.voxtag.console.service;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.audio.WavWriter.Coding;
import io.voxtag.console.hearing.Wanted;
import io.voxtag.console.live.CaptureSpan;
import io.voxtag.console.live.LegId;
import io.voxtag.console.web.RequestException;
import io.voxtag.console.web.Requests;
import io.voxtag.console.web.Requests.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page asks for and may change; all of it waits for Kafka, in worker threads. */
final class ConsoleApi {

  private static final String API = "/console/api/";
  private static final int SPEAKERS_AT_ONCE = 200;
  private static final int MAX_CONSENT = 500;

  private final ConsoleService service;
  private final Requests requests;

  /** Work on a request. */
  private interface Work {
    Object of(RoutingContext call, Parts parts) throws Exception;
  }

  /** Which speaker. */
  record SpeakerRequest(@Nullable String speakerId) {}

  /** Which version, and whether in spite of its state. */
  record PromoteRequest(@Nullable String version, boolean force) {}

  /** Where to start from; null for random weights. */
  record TrainRequest(@Nullable String baseVersion) {}

  /** Which training. */
  record CancelRequest(@Nullable String requestId) {}

  /** Whose voice a stretch is. */
  record NameRequest(
      @Nullable String callId,
      int channel,
      @Nullable String streamId,
      long fromMs,
      long toMs,
      @Nullable String speakerId,
      @Nullable String consent) {

    Wanted wanted() {
      return new Wanted(
          new LegId(require("callId", callId), channel, require("streamId", streamId)),
          fromMs,
          toMs);
    }
  }

  ConsoleApi(ConsoleService service, Requests requests) {
    this.service = service;
    this.requests = requests;
  }

  void register(Router router) {
    get(router, "speakers", this::speakers);
    post(router, "speakers/erase", this::erase);
    get(router, "models", (call, parts) -> parts.models.versions());
    post(router, "models/promote", this::promote);
    post(router, "models/rollback", (call, parts) -> Map.of("version", parts.models.rollback()));
    get(router, "training", (call, parts) -> parts.runs.runs());
    post(router, "training/start", this::train);
    post(router, "training/cancel", this::cancel);
    get(router, "stretch", this::hear);
    post(router, "stretch/enroll", this::enroll);
    post(router, "stretch/correct", this::correct);
    get(router, "health", (call, parts) -> parts.health.view());
  }

  private void get(Router router, String path, Work work) {
    router.get(API + path).blockingHandler(call -> answer(call, work), false);
  }

  private void post(Router router, String path, Work work) {
    router.post(API + path).blockingHandler(call -> answer(call, work), false);
  }

  private void answer(RoutingContext call, Work work) {
    requests.answer(
        call,
        () ->
            work.of(
                call,
                service
                    .parts()
                    .orElseThrow(
                        () ->
                            RequestException.unavailable(
                                "The console is starting and waits for Kafka"))));
  }

  private Object speakers(RoutingContext call, Parts parts) {
    String letters = call.request().getParam("search", "");
    return parts.speakers.find(letters, SPEAKERS_AT_ONCE, parts.enrollments.isCurrent());
  }

  private Object erase(RoutingContext call, Parts parts) {
    SpeakerRequest request = requests.body(call, SpeakerRequest.class);
    return parts.erasure.erase(require("speakerId", request.speakerId()));
  }

  private Object promote(RoutingContext call, Parts parts) throws InterruptedException {
    PromoteRequest request = requests.body(call, PromoteRequest.class);
    String version = require("version", request.version());
    parts.models.promote(version, request.force());
    return Map.of("version", version);
  }

  private Object train(RoutingContext call, Parts parts) {
    TrainRequest request = requests.body(call, TrainRequest.class);
    return Map.of("requestId", parts.training.start(request.baseVersion()));
  }

  private Object cancel(RoutingContext call, Parts parts) {
    CancelRequest request = requests.body(call, CancelRequest.class);
    String id = require("requestId", request.requestId());
    parts.training.cancel(id);
    return Map.of("requestId", id);
  }

  private Object hear(RoutingContext call, Parts parts) {
    LegId leg =
        new LegId(
            Requests.text(call, "call"),
            Math.toIntExact(Requests.number(call, "channel")),
            Requests.text(call, "stream"));
    Wanted wanted = new Wanted(leg, Requests.number(call, "from"), Requests.number(call, "to"));
    Pcm pcm = parts.audio.read(wanted, captured(parts, wanted));
    return new Bytes(
        "audio/wav",
        WavWriter.encode(
            new Recording(new float[][] {pcm.samples()}, pcm.sampleRate()), Coding.PCM_16));
  }

  private Object enroll(RoutingContext call, Parts parts) {
    NameRequest request = requests.body(call, NameRequest.class);
    String speaker = require("speakerId", request.speakerId()).strip();
    String consent = consent(request);
    Pcm pcm = parts.audio.read(request.wanted(), captured(parts, request.wanted()));
    return Map.of("utteranceId", parts.naming.enroll(speaker, pcm, consent));
  }

  private Object correct(RoutingContext call, Parts parts) {
    NameRequest request = requests.body(call, NameRequest.class);
    String speaker = require("speakerId", request.speakerId()).strip();
    String consent = consent(request);
    CaptureSpan span = captured(parts, request.wanted());
    Pcm pcm = parts.audio.read(request.wanted(), span);
    return Map.of("utteranceId", parts.naming.correct(speaker, pcm, consent, span.to()));
  }

  private static CaptureSpan captured(Parts parts, Wanted wanted) {
    return parts
        .calls
        .captured(wanted.leg(), wanted.fromMs(), wanted.toMs())
        .orElseThrow(
            () -> RequestException.missing("The console no longer keeps that part of the call"));
  }

  private static String consent(NameRequest request) {
    String consent = request.consent() == null ? "" : request.consent().strip();
    if (consent.isEmpty() || consent.length() > MAX_CONSENT) {
      throw RequestException.wrong(
          "consent has %d characters; say on what ground the voice may be stored, in 1 to %d"
              .formatted(consent.length(), MAX_CONSENT));
    }
    return consent;
  }

  private static String require(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw RequestException.wrong(name + " is missing");
    }
    return value;
  }
}
