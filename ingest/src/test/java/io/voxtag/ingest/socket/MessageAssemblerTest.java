package io.voxtag.ingest.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {

  private final MessageAssembler assembler = new MessageAssembler(10);

  @Test
  void a_message_in_several_frames_is_one_message() throws RefusedStreamException {
    assertThat(assembler.add(WebSocketFrame.binaryFrame(Buffer.buffer("ab"), false))).isNull();
    assertThat(assembler.add(WebSocketFrame.continuationFrame(Buffer.buffer("cd"), false)))
        .isNull();
    assertThat(assembler.add(WebSocketFrame.continuationFrame(Buffer.buffer("e"), true)))
        .isInstanceOfSatisfying(
            Message.Binary.class,
            message ->
                assertThat(new String(message.bytes(), StandardCharsets.UTF_8)).isEqualTo("abcde"));
    assertThat(assembler.add(WebSocketFrame.textFrame("ü", true))).isEqualTo(new Message.Text("ü"));
  }

  @Test
  void a_message_over_the_limit_is_too_big_however_it_is_split() throws RefusedStreamException {
    assembler.add(WebSocketFrame.binaryFrame(Buffer.buffer("12345678"), false));

    assertThatThrownBy(
            () -> assembler.add(WebSocketFrame.continuationFrame(Buffer.buffer("901"), true)))
        .isInstanceOfSatisfying(
            RefusedStreamException.class, e -> assertThat(e.closing()).isEqualTo(Closing.TOO_BIG))
        .hasMessage("message of 11 bytes or more; must be at most 10");
  }

  @Test
  void text_must_be_utf_8() {
    WebSocketFrame bad =
        new WebSocketFrameImpl(
            WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(new byte[] {(byte) 0xc3}), true);

    assertThatThrownBy(() -> assembler.add(bad))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessageContaining("UTF-8");
  }
}
