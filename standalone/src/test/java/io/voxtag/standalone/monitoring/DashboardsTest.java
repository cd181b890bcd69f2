package io.voxtag.standalone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files of Grafana are those that {@link Dashboards} makes. After a change there, {@code
 * -Dvoxtag.dashboards.write=true} writes them anew.
 */
class DashboardsTest {

  private static final Path FOLDER = Path.of("..", "deploy", "grafana", "dashboards");

  @Test
  void theFilesAreWhatTheCodeMakes() throws IOException {
    if (Boolean.getBoolean("voxtag.dashboards.write")) {
      Files.createDirectories(FOLDER);
      for (Dashboard dashboard : Dashboards.all()) {
        Files.writeString(file(dashboard), GrafanaJson.write(dashboard));
      }
    }
    for (Dashboard dashboard : Dashboards.all()) {
      assertThat(file(dashboard))
          .as("written by -Dtest=DashboardsTest -Dvoxtag.dashboards.write=true")
          .hasContent(GrafanaJson.write(dashboard));
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files)
          .containsExactlyInAnyOrderElementsOf(
              Dashboards.all().stream().map(DashboardsTest::file).toList());
    }
  }

  @Test
  void everyPanelHasAUnitADescriptionAndItsOwnTitle() {
    for (Dashboard dashboard : Dashboards.all()) {
      List<String> titles = new ArrayList<>();
      for (Panel panel : dashboard.panels()) {
        titles.add(panel.title());
        assertThat(panel.unit()).as(panel.title()).isNotBlank();
        assertThat(panel.description()).as(panel.title()).endsWith(".");
        assertThat(panel.queries()).as(panel.title()).isNotEmpty();
      }
      assertThat(titles).doesNotHaveDuplicates();
    }
  }

  private static Path file(Dashboard dashboard) {
    return FOLDER.resolve(dashboard.name() + ".json");
  }
}
