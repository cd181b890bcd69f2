package io.voxtag.bench.onnx;

/** An attribute of a node, encoded as ONNX's {@code AttributeProto}. */
record Attribute(Message message) {
  private static final int NAME = 1;
  private static final int FLOAT = 2;
  private static final int INT = 3;
  private static final int STRING = 4;
  private static final int INTS = 8;
  private static final int TYPE = 20;

  static Attribute of(String name, long value) {
    return new Attribute(named(name).integer(INT, value).integer(TYPE, 2));
  }

  static Attribute of(String name, float value) {
    return new Attribute(named(name).decimal(FLOAT, value).integer(TYPE, 1));
  }

  static Attribute of(String name, String value) {
    return new Attribute(named(name).text(STRING, value).integer(TYPE, 3));
  }

  static Attribute of(String name, long[] values) {
    Message message = named(name);
    for (long value : values) {
      message.integer(INTS, value);
    }
    return new Attribute(message.integer(TYPE, 7));
  }

  private static Message named(String name) {
    return new Message().text(NAME, name);
  }
}
