package io.voxtag.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaDocumentationTest {

  private final List<String> undocumented = new ArrayList<>();
  private final List<String> withoutUnit = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  @Test
  void everyRecordEnumAndFieldSaysWhatItIs() {
    // when
    Topics.records().forEach(topic -> visit(SpecificData.get().getSchema(topic.value())));

    // then
    assertThat(undocumented).isEmpty();
    assertThat(seen)
        .contains("io.voxtag.schemas.event.Candidate", "io.voxtag.schemas.event.AudioClip");
  }

  @Test
  void everyTimeAndLengthNamesItsUnit() {
    // when
    Topics.records().forEach(topic -> visit(SpecificData.get().getSchema(topic.value())));

    // then
    assertThat(withoutUnit).isEmpty();
  }

  private void visit(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          require(schema.getFullName(), schema.getDoc());
          for (Schema.Field field : schema.getFields()) {
            String name = schema.getName() + "." + field.name();
            require(name, field.doc());
            requireUnit(name, field);
            visit(field.schema());
          }
        }
      }
      case ENUM -> {
        if (seen.add(schema.getFullName())) {
          require(schema.getFullName(), schema.getDoc());
        }
      }
      case ARRAY -> visit(schema.getElementType());
      case MAP -> visit(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::visit);
      default -> {
        // A primitive type has no doc of its own.
      }
    }
  }

  private void require(String name, @Nullable String doc) {
    if (doc == null || doc.isBlank()) {
      undocumented.add(name);
    }
  }

  private void requireUnit(String name, Schema.Field field) {
    boolean time = name.endsWith("Ms") || isTimestamp(field.schema());
    String unit = time ? "milliseconds" : name.endsWith("Db") ? "dB" : "";
    if (!String.valueOf(field.doc()).contains(unit)) {
      withoutUnit.add(name);
    }
  }

  private static boolean isTimestamp(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().anyMatch(SchemaDocumentationTest::isTimestamp)
        : schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
  }
}
