package io.voxtag.schemas.kafka;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Waiting for what Kafka's clients answer later. */
public final class KafkaAnswers {

  private KafkaAnswers() {}

  /**
   * Waits for an answer.
   *
   * @throws KafkaException if Kafka fails: the failure itself, not wrapped in another one
   * @throws InterruptException if the thread is interrupted, which it stays
   */
  public static <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }
}
