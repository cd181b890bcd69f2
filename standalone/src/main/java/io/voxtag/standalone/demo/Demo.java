package io.voxtag.standalone.demo;

import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.LegAddress;
import io.voxtag.ingest.client.Pace;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.kafka.TopicReader.Message;
import io.voxtag.standalone.client.Clip;
import io.voxtag.standalone.client.Clips;
import io.voxtag.standalone.client.Leg;
import io.voxtag.standalone.client.LiveCalls;
import io.voxtag.standalone.client.Speakers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Enrols the speakers of the samples, streams the calls in parallel, and counts how many tags are
 * right. Everything goes the way of real calls: recordings through the {@code enrollments} topic,
 * audio through the WebSocket, tags from the {@code speaker-tags} topic.
 */
public final class Demo {

  private static final Duration ENROLMENT_PATIENCE = Duration.ofMinutes(3);
  // After the last sample was sent, or since the last tag where one still comes.
  private static final Duration TAG_PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Samples samples;
  private final KafkaSettings kafka;
  private final URI server;
  private final Pace pace;
  private final int atOnce;
  private final DemoListener listener;

  /**
   * @param server where the ingest service listens
   * @param atOnce how many legs are streamed at the same time, at least 1
   */
  public Demo(
      Samples samples,
      KafkaSettings kafka,
      URI server,
      Pace pace,
      int atOnce,
      DemoListener listener) {
    this.samples = samples;
    this.kafka = kafka;
    this.server = server;
    this.pace = pace;
    this.atOnce = atOnce;
    this.listener = listener;
  }

  /**
   * Plays the demo to its end.
   *
   * @throws DemoException if all recordings of a voice are refused, or tags stay out
   * @throws io.voxtag.standalone.client.LiveCallException if a leg cannot be streamed
   * @throws IOException if a sample cannot be read
   */
  public Scoreboard run() throws IOException, InterruptedException {
    enroll();
    return call();
  }

  private void enroll() throws IOException {
    Consent consent =
        Consent.newBuilder()
            .setBasis("a synthetic voice, nobody's")
            .setGivenAt(Instant.now())
            .build();
    try (Speakers speakers = new Speakers(kafka)) {
      Set<EnrollmentKey> keys = new LinkedHashSet<>();
      for (Map.Entry<String, List<Path>> speaker : samples.enrolment().entrySet()) {
        for (Path file : speaker.getValue()) {
          for (Clip clip : Clips.of(file, null)) {
            EnrollmentKey key = new EnrollmentKey(speaker.getKey(), clip.utteranceId());
            speakers.enroll(key, clip.audio(), consent);
            keys.add(key);
          }
        }
      }
      Set<String> accepted = new HashSet<>();
      Set<EnrollmentKey> unanswered =
          speakers.await(
              keys,
              ENROLMENT_PATIENCE,
              result -> {
                listener.answered(result);
                if (result.getOutcome() == EnrollmentOutcome.ACCEPTED) {
                  accepted.add(result.getSpeakerId());
                }
              });
      if (!unanswered.isEmpty()) {
        throw new DemoException(
            "No answer within %d s to the enrolments %s; the log says why"
                .formatted(ENROLMENT_PATIENCE.toSeconds(), unanswered));
      }
      requireAll(accepted);
    }
  }

  private void requireAll(Set<String> accepted) {
    Set<String> refused = new TreeSet<>(samples.enrolment().keySet());
    refused.removeAll(accepted);
    if (!refused.isEmpty()) {
      throw new DemoException("No recording was accepted of " + String.join(", ", refused));
    }
  }

  private Scoreboard call() throws IOException, InterruptedException {
    List<Leg> legs = Leg.of(samples.calls());
    Scoreboard scoreboard = new Scoreboard(samples.truth(), samples.enrolment().keySet());
    try (TopicReader<SpeakerTag> tags = TopicReader.open(kafka, Topics.SPEAKER_TAGS, From.NOW);
        LiveCalls calls = new LiveCalls(new CallStreamClient(server), legs, pace, atOnce)) {
      listener.calling(samples.calls().size(), legs.size());
      Set<LegAddress> open = new HashSet<>();
      legs.forEach(leg -> open.add(leg.address()));
      long lastNews = System.nanoTime();
      while (!open.isEmpty()) {
        for (Message<SpeakerTag> message : tags.poll(POLL)) {
          SpeakerTag tag = message.value();
          if (tag != null && open.contains(legOf(tag))) {
            lastNews = System.nanoTime();
            take(tag, scoreboard, open);
          }
        }
        if (!calls.isDone()) {
          lastNews = System.nanoTime();
        }
        if (System.nanoTime() - lastNews > TAG_PATIENCE.toNanos()) {
          throw new DemoException(
              "No more tags within %d s for the legs %s; the log says why"
                  .formatted(TAG_PATIENCE.toSeconds(), open));
        }
      }
    }
    return scoreboard;
  }

  private void take(SpeakerTag tag, Scoreboard scoreboard, Set<LegAddress> open) {
    scoreboard.add(tag);
    listener.tagged(tag);
    if (tag.getLast()) {
      open.remove(legOf(tag));
    }
  }

  private static LegAddress legOf(SpeakerTag tag) {
    return new LegAddress(tag.getCallId(), tag.getChannel());
  }
}
