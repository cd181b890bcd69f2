package io.voxtag.bench.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX graph under construction: constants and nodes in order of computation. Field numbers are
 * those of {@code onnx.proto3}, IR version 8, operator set 17.
 */
final class Graph {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Message graph = new Message();
  private int nodes;

  /** Adds a float constant and gives its name back. */
  String constant(String name, float[] values, long... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return constant(name, FLOAT, data.array(), shape);
  }

  /** Adds a list of integers as a constant and gives its name back. */
  String integers(String name, long... values) {
    ByteBuffer data =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return constant(name, INT64, data.array(), values.length);
  }

  /** Adds a node with one output and gives the output's name back. */
  String node(String operator, List<String> inputs, Attribute... attributes) {
    return node(operator, inputs, 1, attributes).get(0);
  }

  /** Adds a node and gives the names of its outputs back. */
  List<String> node(String operator, List<String> inputs, int outputs, Attribute... attributes) {
    String prefix = operator + "_" + nodes++;
    List<String> names =
        java.util.stream.IntStream.range(0, outputs).mapToObj(i -> prefix + "_" + i).toList();
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    names.forEach(output -> node.text(2, output));
    node.text(3, prefix).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    graph.message(1, node);
    return names;
  }

  /**
   * Finishes the model.
   *
   * @param inputShape a number or a symbol for each dimension
   */
  byte[] model(String input, List<Object> inputShape, String output, List<Object> outputShape) {
    graph.text(2, "voxtag");
    graph.message(11, value(input, inputShape));
    graph.message(12, value(output, outputShape));
    return new Message()
        .integer(1, IR_VERSION)
        .text(2, "voxtag")
        .message(7, graph)
        .message(8, new Message().text(1, "").integer(2, OPERATOR_SET))
        .toBytes();
  }

  private String constant(String name, int type, byte[] data, long... shape) {
    Message tensor = new Message();
    for (long dimension : shape) {
      tensor.integer(1, dimension);
    }
    graph.message(5, tensor.integer(2, type).text(8, name).bytes(9, data));
    return name;
  }

  private static Message value(String name, List<Object> shape) {
    Message dimensions = new Message();
    for (Object dimension : shape) {
      Message encoded = new Message();
      if (dimension instanceof Number number) {
        encoded.integer(1, number.longValue());
      } else {
        encoded.text(2, dimension.toString());
      }
      dimensions.message(1, encoded);
    }
    Message tensor = new Message().integer(1, FLOAT).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }
}
