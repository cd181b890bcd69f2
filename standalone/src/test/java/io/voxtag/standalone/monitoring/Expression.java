package io.voxtag.standalone.monitoring;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a PromQL expression of the rules and dashboards asks for. Only as much of the language is
 * understood as they use: metrics are named, never matched by {@code __name__}.
 *
 * @param text the expression; Grafana's variables are replaced
 */
public record Expression(String text) {

  private static final Pattern LABELS =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*\\]|\\boffset\\s+\\w+");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*\\})?(\\s*\\()?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  /** As Grafana would send it for a graph of some hours. */
  public static Expression ofPanel(String text) {
    return new Expression(text.replace("$__rate_interval", "1m"));
  }

  /** The metrics and recorded series that it names. */
  public Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    selectors().forEach(selector -> names.add(selector.replaceFirst("\\{.*", "")));
    return names;
  }

  /**
   * Selectors that match all series with the labels that the expression asks for, whatever their
   * values: it may well ask for a failure that has not been yet.
   */
  public Set<String> selectors() {
    String bare = RANGE.matcher(LABELS.matcher(text).replaceAll(" ")).replaceAll(" ");
    Set<String> found = new LinkedHashSet<>();
    Matcher names = NAME.matcher(bare);
    while (names.find()) {
      boolean function = names.group(3) != null;
      if (!function && !WORDS.contains(names.group(1))) {
        found.add(names.group(1) + labels(names.group(2)));
      }
    }
    return found;
  }

  private static String labels(@Nullable String matchers) {
    if (matchers == null) {
      return "";
    }
    StringBuilder any = new StringBuilder("{");
    Matcher matcher = MATCHER.matcher(matchers);
    while (matcher.find()) {
      any.append(any.length() > 1 ? ", " : "").append(matcher.group(1)).append("!=\"\"");
    }
    return any.append('}').toString();
  }
}
