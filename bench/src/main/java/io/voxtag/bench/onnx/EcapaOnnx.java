package io.voxtag.bench.onnx;

import io.voxtag.voiceprint.bundle.ModelManifest.Architecture;
import io.voxtag.voiceprint.bundle.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ECAPA-TDNN with attentive statistics, or a fusion of such networks, as an ONNX model: input
 * {@value #INPUT} [batch, frames, bins], one output [batch, embedding].
 *
 * <p>Of a fusion that weighs telephone speech in its own way, what speech of the whole band gets is
 * written: that is all of its networks.
 *
 * <p>The attention's global context is written as a product of its own, as Voxtag computes it, not
 * as a concatenation over all frames: a plain export would make the other runtime look slower than
 * it can be.
 */
public final class EcapaOnnx {
  /** Name of the input. */
  public static final String INPUT = "features";

  private static final float NORM_EPSILON = 1e-5f;
  private static final float DEVIATION_EPSILON = 1e-12f;

  private final Graph graph;
  private final String scope;
  private final Map<String, TensorData> weights;
  private final boolean reflect;
  private final List<Integer> dilations;
  private final boolean globalContext;
  private long perFrame;
  private long perWindow;

  private EcapaOnnx(
      Graph graph, String scope, Architecture architecture, Map<String, TensorData> weights) {
    this.graph = graph;
    this.scope = scope;
    this.weights = weights;
    Map<String, Object> args = architecture.args();
    require(architecture.name().equals("EcapaTdnn"), "architecture " + architecture.name());
    require("ASP".equals(args.getOrDefault("pooling_type", "ASP")), "pooling other than ASP");
    require(
        integers(args.getOrDefault("groups", List.of())).stream().allMatch(g -> g == 1),
        "grouped convolutions");
    reflect = "reflect".equals(args.getOrDefault("padding_mode", "reflect"));
    dilations = integers(args.getOrDefault("dilations", List.of(1, 2, 3, 4, 1)));
    globalContext = (boolean) args.getOrDefault("global_context", true);
  }

  /**
   * A model and what it computes.
   *
   * @param bytes of the ONNX file
   * @param multiplyAddsPerFrame of convolutions, for each frame
   * @param multiplyAddsPerWindow of convolutions, besides
   */
  public record Export(byte[] bytes, long multiplyAddsPerFrame, long multiplyAddsPerWindow) {
    /** Floating-point operations for a window, counting an addition and a product as two. */
    public double flops(int frames) {
      return 2.0 * ((double) multiplyAddsPerFrame * frames + multiplyAddsPerWindow);
    }
  }

  /**
   * Exports a network.
   *
   * @param weights by the names of a PyTorch state dict, float32 or float16
   * @throws IllegalArgumentException if the network has a part that is not written here
   */
  public static Export export(Architecture architecture, Map<String, TensorData> weights) {
    Graph graph = new Graph();
    List<String> outputs = new ArrayList<>();
    long perFrame = 0;
    long perWindow = 0;
    long size = 0;
    String features = levels(architecture) ? withoutMean(graph) : INPUT;
    List<Member> members = members(architecture, weights);
    long bins = members.stream().mapToLong(Member::bins).max().orElseThrow();
    for (Member member : members) {
      EcapaOnnx network =
          new EcapaOnnx(graph, member.scope(), member.architecture(), member.weights());
      outputs.add(member.scaled(graph, network.append(member.lowest(graph, features, bins))));
      perFrame += network.perFrame;
      perWindow += network.perWindow;
      size += member.weights().get("fc.conv.weight").shape()[0];
    }
    String output =
        outputs.size() == 1
            ? outputs.get(0)
            : graph.node("Concat", outputs, Attribute.of("axis", 1));
    return new Export(
        graph.model(INPUT, List.of("batch", "frames", bins), output, List.of("batch", size)),
        perFrame,
        perWindow);
  }

  /** Whether it takes features from which no mean over time is subtracted. */
  private static boolean levels(Architecture architecture) {
    return architecture.args().containsKey("narrowband");
  }

  private static String withoutMean(Graph graph) {
    String mean = graph.node("ReduceMean", List.of(INPUT), Attribute.of("axes", new long[] {1}));
    return graph.node("Sub", List.of(INPUT, mean));
  }

  /**
   * A network of a fusion, or the only one.
   *
   * @param scale length of its embedding; 0 leaves it as it is
   */
  private record Member(
      String scope, Architecture architecture, Map<String, TensorData> weights, double scale) {

    long bins() {
      return weights.get("blocks.0.conv.conv.weight").shape()[1];
    }

    String lowest(Graph graph, String features, long all) {
      return bins() == all
          ? features
          : graph.node(
              "Slice",
              List.of(
                  features,
                  graph.integers(scope + "bins.from", 0),
                  graph.integers(scope + "bins.to", bins()),
                  graph.integers(scope + "bins.axis", 2)));
    }

    String scaled(Graph graph, String embedding) {
      if (scale == 0) {
        return embedding;
      }
      String unit = graph.node("LpNormalization", List.of(embedding), Attribute.of("axis", 1));
      String factor = graph.constant(scope + "scale", new float[] {(float) scale}, 1);
      return graph.node("Mul", List.of(unit, factor));
    }
  }

  private static List<Member> members(Architecture architecture, Map<String, TensorData> weights) {
    if (!architecture.name().equals("Fusion")) {
      return List.of(new Member("", architecture, weights, 0));
    }
    List<?> networks = (List<?>) architecture.args().get("networks");
    List<Double> shares = new ArrayList<>();
    for (Object share : (List<?>) architecture.args().get("weights")) {
      shares.add(((Number) share).doubleValue());
    }
    require(shares.stream().allMatch(share -> share > 0), "a fusion with weights of 0");
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      String scope = "networks." + i + ".";
      Map<String, TensorData> own = new LinkedHashMap<>();
      weights.forEach(
          (name, tensor) -> {
            if (name.startsWith(scope)) {
              own.put(name.substring(scope.length()), tensor);
            }
          });
      Map<String, Object> network = named(networks.get(i));
      members.add(
          new Member(
              scope,
              new Architecture(
                  String.valueOf(network.get("use_model")), named(network.get("model_conf"))),
              own,
              Math.sqrt(shares.get(i) / sum)));
    }
    return members;
  }

  private static Map<String, Object> named(Object map) {
    Map<String, Object> result = new LinkedHashMap<>();
    ((Map<?, ?>) map).forEach((key, value) -> result.put(String.valueOf(key), value));
    return result;
  }

  /** Adds the network to the graph and gives its output's name back. */
  private String append(String features) {
    int last = dilations.size() - 1;
    String y =
        graph.node("Transpose", List.of(features), Attribute.of("perm", new long[] {0, 2, 1}));
    y = tdnn("blocks.0", y, dilations.get(0));
    List<String> outputs = new ArrayList<>();
    for (int i = 1; i < last; i++) {
      y = block("blocks." + i, y, dilations.get(i));
      outputs.add(y);
    }
    y = tdnn("mfa", concat(outputs), dilations.get(last));
    y = norm("asp_bn.norm", pool(y));
    y = convolution("fc.conv", y, 1, false);
    return graph.node("Squeeze", List.of(y, graph.integers(scope + "last_axis", 2)));
  }

  private String block(String name, String x, int dilation) {
    String residual =
        weights.containsKey(name + ".shortcut.conv.weight")
            ? convolution(name + ".shortcut.conv", x, 1, true)
            : x;
    String y = tdnn(name + ".tdnn1", x, 1);
    y = res2net(name + ".res2net_block", y, dilation);
    y = tdnn(name + ".tdnn2", y, 1);
    String scale = graph.node("GlobalAveragePool", List.of(y));
    scale = convolution(name + ".se_block.conv1.conv", scale, 1, false);
    scale = graph.node("Relu", List.of(scale));
    scale = convolution(name + ".se_block.conv2.conv", scale, 1, false);
    y = graph.node("Mul", List.of(y, graph.node("Sigmoid", List.of(scale))));
    return graph.node("Add", List.of(y, residual));
  }

  private String res2net(String name, String x, int dilation) {
    int scale = 1;
    while (weights.containsKey(name + ".blocks." + (scale - 1) + ".conv.conv.weight")) {
      scale++;
    }
    List<String> groups = graph.node("Split", List.of(x), scale, Attribute.of("axis", 1));
    List<String> results = new ArrayList<>(groups.subList(0, 1));
    for (int i = 1; i < scale; i++) {
      String input =
          i == 1 ? groups.get(1) : graph.node("Add", List.of(groups.get(i), results.get(i - 1)));
      results.add(tdnn(name + ".blocks." + (i - 1), input, dilation));
    }
    return concat(results);
  }

  private String tdnn(String name, String x, int dilation) {
    String y = convolution(name + ".conv.conv", x, dilation, true);
    return norm(name + ".norm.norm", graph.node("Relu", List.of(y)));
  }

  private String pool(String x) {
    String hidden;
    if (globalContext) {
      hidden = contextual(x);
    } else {
      hidden = graph.node("Relu", List.of(convolution("asp.tdnn.conv.conv", x, 1, true)));
    }
    hidden = graph.node("Tanh", List.of(norm("asp.tdnn.norm.norm", hidden)));
    String attention = convolution("asp.conv.conv", hidden, 1, true);
    attention = graph.node("Softmax", List.of(attention), Attribute.of("axis", 2));
    String axes = graph.integers(scope + "pool_axes", 2);
    String mean = graph.node("ReduceSum", List.of(graph.node("Mul", List.of(attention, x)), axes));
    String centred = graph.node("Sub", List.of(x, mean));
    String square = graph.node("Mul", List.of(centred, centred));
    String variance =
        graph.node("ReduceSum", List.of(graph.node("Mul", List.of(attention, square)), axes));
    return concat(List.of(mean, deviation("pool", variance)));
  }

  private String contextual(String x) {
    TensorData weight = weights.get("asp.tdnn.conv.conv.weight");
    int out = (int) weight.shape()[0];
    int in = (int) weight.shape()[1];
    int channels = in / 3;
    String mean = frameMean(x);
    String centred = graph.node("Sub", List.of(x, mean));
    String variance = frameMean(graph.node("Mul", List.of(centred, centred)));
    String context = concat(List.of(mean, deviation("context", variance)));
    float[] values = weight.toFloats();
    String ofFrames =
        graph.constant(
            scope + "asp.frames.weight", columns(values, in, 0, channels), out, channels, 1);
    String ofContext =
        graph.constant(
            scope + "asp.context.weight", columns(values, in, channels, in), out, in - channels, 1);
    perFrame += (long) out * channels;
    perWindow += (long) out * (in - channels);
    String frames = graph.node("Conv", List.of(x, ofFrames));
    String global =
        graph.node("Conv", List.of(context, ofContext, constant("asp.tdnn.conv.conv.bias")));
    return graph.node("Relu", List.of(graph.node("Add", List.of(frames, global))));
  }

  private String frameMean(String x) {
    return graph.node("ReduceMean", List.of(x), Attribute.of("axes", new long[] {2}));
  }

  private String deviation(String name, String variance) {
    String floor = graph.constant(scope + name + "_epsilon", new float[] {DEVIATION_EPSILON});
    return graph.node("Sqrt", List.of(graph.node("Clip", List.of(variance, floor))));
  }

  private String convolution(String name, String x, int dilation, boolean everyFrame) {
    long[] shape = weights.get(name + ".weight").shape();
    long multiplyAdds = shape[0] * shape[1] * shape[2];
    perFrame += everyFrame ? multiplyAdds : 0;
    perWindow += everyFrame ? 0 : multiplyAdds;
    long pad = dilation * (shape[2] - 1) / 2;
    String input = x;
    if (reflect && pad > 0) {
      String pads = graph.integers(scope + name + ".pads", 0, 0, pad, 0, 0, pad);
      input = graph.node("Pad", List.of(x, pads), Attribute.of("mode", "reflect"));
      pad = 0;
    }
    return graph.node(
        "Conv",
        List.of(input, constant(name + ".weight"), constant(name + ".bias")),
        Attribute.of("kernel_shape", new long[] {shape[2]}),
        Attribute.of("dilations", new long[] {dilation}),
        Attribute.of("pads", new long[] {pad, pad}));
  }

  private String norm(String name, String x) {
    return graph.node(
        "BatchNormalization",
        List.of(
            x,
            constant(name + ".weight"),
            constant(name + ".bias"),
            constant(name + ".running_mean"),
            constant(name + ".running_var")),
        Attribute.of("epsilon", NORM_EPSILON));
  }

  private String concat(List<String> inputs) {
    return graph.node("Concat", inputs, Attribute.of("axis", 1));
  }

  private String constant(String name) {
    TensorData tensor = weights.get(name);
    return graph.constant(scope + name, tensor.toFloats(), tensor.shape());
  }

  private static float[] columns(float[] matrix, int width, int from, int to) {
    int rows = matrix.length / width;
    float[] result = new float[rows * (to - from)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * width + from, result, row * (to - from), to - from);
    }
    return result;
  }

  private static List<Integer> integers(Object value) {
    return ((List<?>) value).stream().map(n -> ((Number) n).intValue()).toList();
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("cannot export " + what + " to ONNX");
    }
  }
}
