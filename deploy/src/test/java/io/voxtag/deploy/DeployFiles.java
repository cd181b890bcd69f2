package io.voxtag.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of this folder. */
final class DeployFiles {

  static final Path ROOT = Path.of("").toAbsolutePath();
  static final Path KUBERNETES = ROOT.resolve("kubernetes");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private DeployFiles() {}

  /** All documents of a YAML file. */
  static List<ObjectNode> documents(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** All documents of a YAML text. */
  static List<ObjectNode> documents(String text) {
    try (MappingIterator<JsonNode> values = YAML.readerFor(JsonNode.class).readValues(text)) {
      List<ObjectNode> documents = new ArrayList<>();
      while (values.hasNext()) {
        if (values.next() instanceof ObjectNode document) {
          documents.add(document);
        }
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException("No YAML", e);
    }
  }

  /** Resources of the base, of Kafka and of the cluster that is given as an example. */
  static List<ObjectNode> resources() {
    return Stream.of("base", "kafka", "kafka-cluster")
        .flatMap(folder -> yamlFiles(KUBERNETES.resolve(folder)).stream())
        .filter(file -> !file.endsWith("kustomization.yaml"))
        .flatMap(file -> documents(file).stream())
        .toList();
  }

  /** Files that end in .yaml, in the folder itself. */
  static List<Path> yamlFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }
}
