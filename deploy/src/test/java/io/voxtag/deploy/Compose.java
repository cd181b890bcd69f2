package io.voxtag.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** compose.yaml as far as it is used here: a key that is not a field stops the reading. */
record Compose(
    String name,
    Map<String, Service> services,
    Map<String, JsonNode> networks,
    Map<String, JsonNode> volumes) {

  static final Path FILE = DeployFiles.ROOT.resolve("compose.yaml");
  static final Path EXAMPLE = DeployFiles.ROOT.resolve(".env.example");

  private static final ObjectMapper STRICT = new ObjectMapper();
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+)(?:(:-|:\\?)([^}]*))?}");

  /** A service of compose; names as in the Compose Specification. */
  record Service(
      String image,
      @Nullable Build build,
      @Nullable JsonNode command,
      @Nullable String user,
      String restart,
      @JsonProperty("read_only") boolean readOnly,
      @JsonProperty("cap_drop") @Nullable List<String> capDrop,
      @JsonProperty("security_opt") @Nullable List<String> securityOpt,
      List<String> networks,
      @Nullable Map<String, String> environment,
      @Nullable List<String> volumes,
      @Nullable List<String> tmpfs,
      @Nullable List<String> ports,
      @JsonProperty("depends_on") @Nullable Map<String, Dependency> dependsOn,
      Health healthcheck) {}

  record Build(String context, String dockerfile, Map<String, String> args) {}

  record Dependency(String condition) {}

  record Health(
      List<String> test,
      String interval,
      String timeout,
      int retries,
      @JsonProperty("start_period") @Nullable String startPeriod) {}

  /** Reads the file, with the defaults of its variables in place. */
  static Compose read() {
    try (Reader reader = Files.newBufferedReader(FILE)) {
      Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      content.keySet().removeIf(key -> key.startsWith("x-"));
      Compose compose = STRICT.convertValue(content, Compose.class);
      compose.services().values().stream()
          .map(Service::environment)
          .filter(variables -> variables != null)
          .forEach(variables -> variables.replaceAll((name, value) -> withDefaults(value)));
      return compose;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE, e);
    }
  }

  /** The variables that the file asks for; true for those that must be set. */
  static Map<String, Boolean> references() throws IOException {
    Map<String, Boolean> references = new TreeMap<>();
    Matcher matcher = REFERENCE.matcher(Files.readString(FILE));
    while (matcher.find()) {
      references.put(matcher.group(1), !":-".equals(matcher.group(2)));
    }
    return references;
  }

  private static String withDefaults(String value) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            reference ->
                ":-".equals(reference.group(2))
                    ? Matcher.quoteReplacement(reference.group(3))
                    : "secret");
  }
}
