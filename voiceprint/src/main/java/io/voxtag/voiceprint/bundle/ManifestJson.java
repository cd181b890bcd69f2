package io.voxtag.voiceprint.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.voiceprint.bundle.BundleException.Reason;
import io.voxtag.voiceprint.bundle.ModelManifest.Architecture;
import io.voxtag.voiceprint.bundle.ModelManifest.Features;
import io.voxtag.voiceprint.bundle.ModelManifest.FileEntry;
import io.voxtag.voiceprint.bundle.ModelManifest.TrainingData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The manifest as JSON; reading it checks every field. */
final class ManifestJson {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final List<String> FIELDS =
      List.of(
          "formatVersion",
          "version",
          "architecture",
          "features",
          "sampleRate",
          "embeddingSize",
          "createdAt",
          "decision",
          "trainingData",
          "metrics",
          "attribution",
          "files");

  private ManifestJson() {}

  static byte[] write(ModelManifest manifest) {
    ObjectNode json = StrictJson.MAPPER.createObjectNode();
    json.put("formatVersion", manifest.formatVersion());
    json.put("version", manifest.version());
    ObjectNode architecture = json.putObject("architecture");
    architecture.put("name", manifest.architecture().name());
    architecture.set("args", StrictJson.MAPPER.valueToTree(manifest.architecture().args()));
    ObjectNode features = json.putObject("features");
    features.put("method", manifest.features().method());
    features.set("args", StrictJson.MAPPER.valueToTree(manifest.features().args()));
    json.put("sampleRate", manifest.sampleRate());
    json.put("embeddingSize", manifest.embeddingSize());
    json.put("createdAt", manifest.createdAt().toString());
    json.set("decision", manifest.decision());
    ObjectNode data = json.putObject("trainingData");
    data.put("digest", manifest.trainingData().digest());
    data.put("description", manifest.trainingData().description());
    data.put("speakers", manifest.trainingData().speakers());
    data.put("utterances", manifest.trainingData().utterances());
    ObjectNode metrics = json.putObject("metrics");
    manifest.metrics().forEach(metrics::put);
    manifest.attribution().forEach(json.putArray("attribution")::add);
    ObjectNode files = json.putObject("files");
    manifest
        .files()
        .forEach(
            (name, file) ->
                files.putObject(name).put("sha256", file.sha256()).put("bytes", file.bytes()));
    try {
      String text = StrictJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write manifest of " + manifest.version(), e);
    }
  }

  static ModelManifest read(byte[] bytes, String source) throws BundleException {
    ObjectNode json = StrictJson.object(ByteBuffer.wrap(bytes), source);
    int formatVersion = formatVersion(json, source);
    Fields fields = new Fields(json, "", source);
    fields.requireOnly(FIELDS);
    return new ModelManifest(
        formatVersion,
        fields.text("version", NAME, "1 to 100 letters, digits, '.', '_' or '-'"),
        architecture(fields.child("architecture")),
        features(fields.child("features")),
        (int) fields.integer("sampleRate", 1_000, 192_000),
        (int) fields.integer("embeddingSize", 1, 16_384),
        fields.instant("createdAt"),
        fields.object("decision"),
        trainingData(fields.child("trainingData")),
        metrics(fields.child("metrics")),
        fields.texts("attribution"),
        files(fields.child("files")));
  }

  private static int formatVersion(ObjectNode json, String source) throws BundleException {
    if (!json.path("formatVersion").isIntegralNumber()) {
      throw new BundleException(
          Reason.FOREIGN, source, "has no formatVersion, so it is not a Voxtag model's");
    }
    int version = json.get("formatVersion").asInt();
    if (version != ModelManifest.FORMAT_VERSION) {
      throw new BundleException(
          Reason.UNSUPPORTED,
          source,
          "formatVersion %d; this program reads %d"
              .formatted(version, ModelManifest.FORMAT_VERSION));
    }
    return version;
  }

  private static Architecture architecture(Fields fields) throws BundleException {
    fields.requireOnly(List.of("name", "args"));
    return new Architecture(fields.text("name"), fields.values("args"));
  }

  private static Features features(Fields fields) throws BundleException {
    fields.requireOnly(List.of("method", "args"));
    return new Features(fields.text("method"), fields.values("args"));
  }

  private static TrainingData trainingData(Fields fields) throws BundleException {
    fields.requireOnly(List.of("digest", "description", "speakers", "utterances"));
    return new TrainingData(
        fields.text("digest"),
        fields.text("description"),
        (int) fields.integer("speakers", 0, Integer.MAX_VALUE),
        (int) fields.integer("utterances", 0, Integer.MAX_VALUE));
  }

  private static Map<String, Double> metrics(Fields fields) throws BundleException {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String name : fields.names()) {
      metrics.put(name, fields.number(name));
    }
    return metrics;
  }

  private static Map<String, FileEntry> files(Fields fields) throws BundleException {
    Map<String, FileEntry> files = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!NAME.matcher(name).matches() || BundleFiles.isUnlisted(name)) {
        throw fields.invalid("files lists '" + name + "'; a file name has no folder");
      }
      Fields file = fields.child(name);
      file.requireOnly(List.of("sha256", "bytes"));
      files.put(
          name,
          new FileEntry(
              file.text("sha256", SHA_256, "64 lower-case hexadecimal digits"),
              file.integer("bytes", 0, Long.MAX_VALUE)));
    }
    if (!files.containsKey(BundleFiles.WEIGHTS)) {
      throw fields.invalid("files does not list " + BundleFiles.WEIGHTS);
    }
    return files;
  }
}
