package io.voxtag.schemas.serde;

import org.apache.avro.specific.SpecificData;

/** Avro's data model of generated classes. */
final class RecordModel {

  private RecordModel() {}

  /**
   * The model that a class was generated with. Avro's own looks for classes beside Avro itself,
   * which is wrong where an application is loaded apart from its libraries; this one looks where
   * the class came from.
   */
  static SpecificData of(Class<?> type) {
    SpecificData model = new SpecificData(type.getClassLoader());
    SpecificData.getForClass(type).getConversions().forEach(model::addLogicalTypeConversion);
    return model;
  }
}
