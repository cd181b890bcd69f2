package io.voxtag.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * All versions of the schema of a record that were ever released, from the resources {@code
 * history/<record>/v1.avsc}, {@code v2.avsc} and so on; the last one is the current.
 */
final class SchemaHistory {

  private SchemaHistory() {}

  /** Oldest first; empty where the record has none. */
  static List<Schema> of(String recordName) {
    List<Schema> versions = new ArrayList<>();
    while (true) {
      String resource =
          "/io/voxtag/schemas/history/" + recordName + "/v" + (versions.size() + 1) + ".avsc";
      try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
        if (in == null) {
          return List.copyOf(versions);
        }
        versions.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the schema " + resource, e);
      }
    }
  }
}
