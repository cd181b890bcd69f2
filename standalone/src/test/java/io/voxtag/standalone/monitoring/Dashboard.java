package io.voxtag.standalone.monitoring;

import java.util.List;

/**
 * A dashboard.
 *
 * @param name its file without the ending, and its id in Grafana
 * @param title as Grafana shows it
 * @param description what it is for
 * @param panels in the order they are read
 */
public record Dashboard(String name, String title, String description, List<Panel> panels) {

  public Dashboard {
    panels = List.copyOf(panels);
  }
}
