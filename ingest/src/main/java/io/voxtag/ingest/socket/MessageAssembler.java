package io.voxtag.ingest.socket;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes messages of frames. Holds at most one message of the length that is allowed. */
final class MessageAssembler {

  private final int maxBytes;
  private Buffer begun = Buffer.buffer();
  private boolean text;

  MessageAssembler(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a frame with data.
   *
   * @return the message that it completes; null if more frames follow
   * @throws RefusedStreamException if the message is too long, or text is not UTF-8
   */
  @Nullable Message add(WebSocketFrame frame) throws RefusedStreamException {
    if (!frame.isContinuation()) {
      text = frame.isText();
    }
    Buffer data = frame.binaryData();
    if (begun.length() + data.length() > maxBytes) {
      throw new RefusedStreamException(
          Closing.TOO_BIG,
          "message of %d bytes or more; must be at most %d"
              .formatted(begun.length() + data.length(), maxBytes));
    }
    if (!frame.isFinal()) {
      begun.appendBuffer(data);
      return null;
    }
    byte[] bytes = data.getBytes();
    if (begun.length() > 0) {
      bytes = begun.appendBytes(bytes).getBytes();
      begun = Buffer.buffer();
    }
    return text ? new Message.Text(decoded(bytes)) : new Message.Binary(bytes);
  }

  private static String decoded(byte[] bytes) throws RefusedStreamException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedStreamException(
          Closing.MALFORMED, "text message is no UTF-8; audio goes into binary messages");
    }
  }
}
