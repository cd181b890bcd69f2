package io.voxtag.ingest.leg;

import io.voxtag.schemas.event.AudioChunk;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is published until the test says what becomes of it. */
public final class RecordingSink implements ChunkSink {

  private final List<AudioChunk> chunks = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();

  @Override
  public void publish(AudioChunk chunk, long samples, Receipt receipt) {
    chunks.add(chunk);
    receipts.add(receipt);
  }

  public List<AudioChunk> chunks() {
    return chunks;
  }

  public void acknowledgeAll() {
    receipts.forEach(receipt -> receipt.onCompletion(null));
    receipts.clear();
  }

  public void failNext(Exception failure) {
    receipts.remove(0).onCompletion(failure);
  }
}
