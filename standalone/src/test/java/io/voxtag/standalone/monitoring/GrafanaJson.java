package io.voxtag.standalone.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.standalone.monitoring.Panel.Kind;
import io.voxtag.standalone.monitoring.Panel.Query;

/** Writes dashboards as Grafana reads them. */
final class GrafanaJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  // The uid that deploy/grafana/provisioning gives the datasource.
  private static final String DATASOURCE = "prometheus";
  private static final int SCHEMA = 39;
  private static final int COLUMNS = 24;

  private GrafanaJson() {}

  /** The file of a dashboard, with a line end. */
  static String write(Dashboard dashboard) {
    ObjectNode root = JSON.createObjectNode();
    root.put("uid", dashboard.name());
    root.put("title", dashboard.title());
    root.put("description", dashboard.description());
    root.putArray("tags").add("voxtag");
    root.put("schemaVersion", SCHEMA);
    root.put("editable", true);
    root.put("graphTooltip", 1);
    root.put("refresh", "30s");
    root.put("timezone", "browser");
    root.putObject("time").put("from", "now-6h").put("to", "now");
    root.putObject("templating").putArray("list");
    root.putObject("annotations").putArray("list");
    ObjectNode links = root.putArray("links").addObject();
    links.put("type", "dashboards").put("title", "Voxtag").put("tooltip", "Other dashboards");
    links.put("icon", "external link").put("asDropdown", true).put("targetBlank", false);
    links.put("includeVars", false).put("keepTime", true);
    links.putArray("tags").add("voxtag");
    panels(root.putArray("panels"), dashboard);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of nodes can be written", e);
    }
  }

  /** Stats are small and side by side, all others half as wide as the page. */
  private static void panels(ArrayNode panels, Dashboard dashboard) {
    int x = 0;
    int y = 0;
    int rowHeight = 0;
    int id = 1;
    for (Panel panel : dashboard.panels()) {
      int width = panel.kind() == Kind.STAT ? 4 : 12;
      int height = panel.kind() == Kind.STAT ? 4 : 8;
      if (x + width > COLUMNS || (rowHeight > 0 && rowHeight != height)) {
        x = 0;
        y += rowHeight;
      }
      rowHeight = height;
      ObjectNode node = panels.addObject();
      node.put("id", id++);
      panel(node, panel);
      node.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
      x += width;
    }
  }

  private static void panel(ObjectNode node, Panel panel) {
    node.put("type", panel.kind().type());
    node.put("title", panel.title());
    node.put("description", panel.description());
    datasource(node);
    ObjectNode fields = node.putObject("fieldConfig");
    ObjectNode defaults = fields.putObject("defaults");
    defaults.put("unit", panel.unit());
    if (panel.kind() == Kind.LINES) {
      defaults.putObject("custom").put("fillOpacity", 10).put("showPoints", "never");
    }
    if (panel.goal() != null) {
      goal(defaults, panel.goal());
    }
    fields.putArray("overrides");
    options(node.putObject("options"), panel.kind(), panel.unit());
    ArrayNode targets = node.putArray("targets");
    char ref = 'A';
    for (Query query : panel.queries()) {
      ObjectNode target = targets.addObject();
      target.put("refId", String.valueOf(ref++));
      datasource(target);
      target.put("expr", query.expression());
      target.put("legendFormat", query.legend());
      target.put("format", panel.kind() == Kind.HEATMAP ? "heatmap" : "time_series");
      target.put("instant", panel.kind() == Kind.STAT);
      target.put("range", panel.kind() != Kind.STAT);
    }
  }

  private static void goal(ObjectNode defaults, double goal) {
    ObjectNode thresholds = defaults.putObject("thresholds").put("mode", "absolute");
    ArrayNode steps = thresholds.putArray("steps");
    steps.addObject().put("color", "green").putNull("value");
    steps.addObject().put("color", "red").put("value", goal);
    defaults.withObject("/custom").putObject("thresholdsStyle").put("mode", "line");
  }

  private static void options(ObjectNode options, Kind kind, String unit) {
    switch (kind) {
      case STAT -> {
        options.put("colorMode", "value").put("graphMode", "none");
        options.putObject("reduceOptions").putArray("calcs").add("lastNotNull");
      }
      case LINES -> {
        options.putObject("legend").put("displayMode", "list").put("placement", "bottom");
        options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
      }
      case HEATMAP -> {
        options.put("calculate", false);
        options.putObject("yAxis").put("unit", unit);
        options.putObject("color").put("mode", "scheme").put("scheme", "Blues");
      }
    }
  }

  private static void datasource(ObjectNode node) {
    node.putObject("datasource").put("type", "prometheus").put("uid", DATASOURCE);
  }
}
