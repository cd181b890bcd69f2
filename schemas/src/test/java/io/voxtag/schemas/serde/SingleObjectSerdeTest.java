package io.voxtag.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.voxtag.schemas.Retention;
import io.voxtag.schemas.SampleEvents;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.serde.RecordFormatException.Problem;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleObjectSerdeTest {

  private static final int HEADER_BYTES = 10;

  static Stream<Topic<?>> topics() {
    return Topics.records().stream();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aRecordComesBackAsItWas(Topic<?> topic) {
    roundTrip(topic);
  }

  private static <V> void roundTrip(Topic<V> topic) {
    // given
    V event = SampleEvents.of(topic);
    Serde<V> serde = EventSerdes.singleObject().of(topic);

    // when
    byte[] bytes = serde.serializer().serialize(topic.name(), event);
    V read = serde.deserializer().deserialize(topic.name(), bytes);

    // then
    assertThat(read).isEqualTo(event);
  }

  @Test
  void aTombstonePasses() {
    Serde<AudioChunk> serde = EventSerdes.singleObject().of(Topics.CALL_AUDIO);

    assertThat(serde.serializer().serialize("call-audio", null)).isNull();
    assertThat(serde.deserializer().deserialize("call-audio", (byte[]) null)).isNull();
  }

  @Test
  void deadLettersAreRawBytes() {
    // given
    byte[] raw = {1, 2, 3};
    Serde<byte[]> serde = EventSerdes.singleObject().of(Topics.CALL_AUDIO.dlq());

    // then
    assertThat(serde.serializer().serialize("call-audio.dlq", raw)).isEqualTo(raw);
    assertThat(serde.deserializer().deserialize("call-audio.dlq", raw)).isEqualTo(raw);
  }

  @Test
  void aTopicOfSomethingElseIsRefused() {
    Topic<String> texts =
        new Topic<>("texts", String.class, "none", 1, new Retention.For(Duration.ofDays(1)), 1000);

    assertThatThrownBy(() -> EventSerdes.singleObject().of(texts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("texts")
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void bytesWithoutTheMarkerAreNamed() {
    assertProblem("{\"callId\":1}".getBytes(UTF_8), Problem.NO_MAGIC, "7b 22", "c3 01");
    assertProblem(new byte[0], Problem.NO_MAGIC, "nothing");
    assertProblem(new byte[] {(byte) 0xC3}, Problem.NO_MAGIC, "c3");
  }

  @Test
  void aRecordOfAnotherTopicIsNamed() {
    // given
    byte[] tag =
        EventSerdes.singleObject()
            .of(Topics.SPEAKER_TAGS)
            .serializer()
            .serialize("speaker-tags", SampleEvents.of(Topics.SPEAKER_TAGS));

    // then
    assertProblem(tag, Problem.UNKNOWN_SCHEMA, "fingerprint", "AudioChunk");
  }

  @Test
  void aRecordCutShortAnywhereIsTruncated() {
    // given
    byte[] chunk = chunk();

    for (int length = 2; length < chunk.length; length++) {
      // when
      byte[] cut = Arrays.copyOf(chunk, length);

      // then
      assertProblem(cut, Problem.TRUNCATED);
    }
  }

  @Test
  void bytesAfterTheRecordAreCounted() {
    byte[] chunk = chunk();

    assertProblem(
        Arrays.copyOf(chunk, chunk.length + 3), Problem.TRAILING_BYTES, "3 bytes", "AudioChunk");
  }

  @Test
  void aLengthThatLiesAllocatesNothing() throws Exception {
    // given
    for (long lie : new long[] {Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE}) {
      byte[] chunk = withHeaderOf(Topics.CALL_AUDIO, encoder -> encoder.writeLong(lie));

      // when
      long before = allocatedBytes();
      RecordFormatException refused = refusal(chunk);
      long allocated = allocatedBytes() - before;

      // then
      assertThat(refused.problem()).isEqualTo(Problem.TRUNCATED);
      assertThat(refused).hasMessageContaining(Long.toString(lie));
      assertThat(allocated).isLessThan(10_000_000);
    }
  }

  @Test
  void aNegativeLengthIsMalformed() throws Exception {
    byte[] chunk = withHeaderOf(Topics.CALL_AUDIO, encoder -> encoder.writeLong(-5));

    assertProblem(chunk, Problem.MALFORMED, "-5 bytes");
  }

  @Test
  void aCountOfItemsThatLiesAllocatesNothing() throws Exception {
    // given: a model version whose metrics claim two thousand million entries
    byte[] version =
        withHeaderOf(
            Topics.MODEL_VERSIONS,
            encoder -> {
              encoder.writeString("v1");
              encoder.writeEnum(0);
              encoder.writeString("uri");
              encoder.writeString("digest");
              encoder.writeLong(Integer.MAX_VALUE);
            });
    Serde<?> serde = EventSerdes.singleObject().of(Topics.MODEL_VERSIONS);

    // when
    long before = allocatedBytes();
    Throwable refused =
        catchThrowable(() -> serde.deserializer().deserialize("model-versions", version));
    long allocated = allocatedBytes() - before;

    // then
    assertThat(refused).isInstanceOf(RecordFormatException.class).hasMessageContaining("items");
    assertThat(allocated).isLessThan(10_000_000);
  }

  @Test
  void anUnknownEnumValueIsMalformed() throws Exception {
    byte[] chunk =
        withHeaderOf(
            Topics.CALL_AUDIO,
            encoder -> {
              encoder.writeString("call");
              encoder.writeInt(0);
              encoder.writeString("stream");
              encoder.writeLong(0);
              encoder.writeLong(0);
              encoder.writeInt(8000);
              encoder.writeEnum(99);
              encoder.writeBytes(new byte[0]);
              encoder.writeLong(0);
              encoder.writeBoolean(false);
            });

    assertProblem(chunk, Problem.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void damagedBytesAreReadOrRefusedButNeverFailOtherwise(Topic<?> topic) {
    damage(topic);
  }

  private static <V> void damage(Topic<V> topic) {
    // given
    Serde<V> serde = EventSerdes.singleObject().of(topic);
    byte[] good = serde.serializer().serialize(topic.name(), SampleEvents.of(topic));
    Random random = new Random(42);
    int refusals = 0;

    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, HEADER_BYTES + random.nextInt(good.length));
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        int at = HEADER_BYTES + random.nextInt(good.length - HEADER_BYTES);
        if (at < bad.length) {
          bad[at] = (byte) random.nextInt();
        }
      }
      // when
      Throwable thrown = catchThrowable(() -> serde.deserializer().deserialize(topic.name(), bad));

      // then
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(RecordFormatException.class);
        refusals++;
      }
    }
    assertThat(refusals).isPositive();
  }

  @Test
  void manyThreadsShareASerde() throws Exception {
    // given
    Serde<SpeakerTag> serde = EventSerdes.singleObject().of(Topics.SPEAKER_TAGS);
    SpeakerTag sample = SampleEvents.of(Topics.SPEAKER_TAGS);
    ExecutorService threads = Executors.newFixedThreadPool(4);

    // when
    List<Future<Boolean>> equal = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int index = thread;
      equal.add(
          threads.submit(
              () -> {
                boolean all = true;
                for (int i = 0; i < 5_000; i++) {
                  SpeakerTag tag =
                      SpeakerTag.newBuilder(sample).setCallId("call-" + index + "-" + i).build();
                  byte[] bytes = serde.serializer().serialize("speaker-tags", tag);
                  all &= tag.equals(serde.deserializer().deserialize("speaker-tags", bytes));
                }
                return all;
              }));
    }

    // then
    for (Future<Boolean> result : equal) {
      assertThat(result.get()).isTrue();
    }
    threads.shutdown();
  }

  private static byte[] chunk() {
    return EventSerdes.singleObject()
        .of(Topics.CALL_AUDIO)
        .serializer()
        .serialize("call-audio", SampleEvents.AUDIO_CHUNK);
  }

  private static RecordFormatException refusal(byte[] bytes) {
    Serde<AudioChunk> serde = EventSerdes.singleObject().of(Topics.CALL_AUDIO);
    return catchThrowableOfType(
        RecordFormatException.class, () -> serde.deserializer().deserialize("call-audio", bytes));
  }

  private static void assertProblem(byte[] bytes, Problem problem, String... inMessage) {
    RecordFormatException refused = refusal(bytes);
    assertThat(refused).isNotNull().hasMessageContaining("call-audio");
    Arrays.stream(inMessage).forEach(text -> assertThat(refused).hasMessageContaining(text));
    assertThat(refused.problem()).isEqualTo(problem);
    assertThat(refused.topic()).isEqualTo("call-audio");
  }

  private interface Content {
    void writeTo(BinaryEncoder encoder) throws Exception;
  }

  private static <V> byte[] withHeaderOf(Topic<V> topic, Content content) throws Exception {
    byte[] good =
        EventSerdes.singleObject()
            .of(topic)
            .serializer()
            .serialize(topic.name(), SampleEvents.of(topic));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(good, 0, HEADER_BYTES);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    content.writeTo(encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
