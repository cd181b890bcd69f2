package io.voxtag.schemas.serde;

import com.microsoft.kiota.ApiException;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.serde.avro.AvroDeserializer;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Looks up in the registry which schema a record was written with; what was found is kept. Only
 * this part of Apicurio's deserializer is used, as its reading trusts the lengths in the input.
 * Thread-safe.
 */
final class WriterSchemas<V> extends AvroDeserializer<V> {

  private static final int NOT_FOUND = 404;

  /**
   * The schema whose id follows the first byte; empty where the registry knows no such id.
   *
   * @throws SchemaRegistryException if the registry does not answer
   */
  Optional<Schema> of(String topic, byte[] bytes) {
    ArtifactReference id =
        getSerdeConfigurer().getIdHandler().readId(ByteBuffer.wrap(bytes).position(1));
    try {
      return Optional.of(resolve(topic, bytes, id).getParsedSchema().getParsedSchema());
    } catch (RuntimeException e) {
      if (isNotFound(e)) {
        return Optional.empty();
      }
      throw new SchemaRegistryException(
          "The registry did not tell the schema of a value in topic " + topic, e);
    }
  }

  int idBytes() {
    return getSerdeConfigurer().getIdHandler().idSize();
  }

  private static boolean isNotFound(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException answer) {
        return answer.getResponseStatusCode() == NOT_FOUND;
      }
    }
    return false;
  }
}
