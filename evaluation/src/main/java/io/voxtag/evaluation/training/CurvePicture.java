package io.voxtag.evaluation.training;

import io.voxtag.voiceprint.training.curves.Curves;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the curves of a run; needs no display. */
public final class CurvePicture {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int COLUMNS = 2;

  /** Titles with the curves that each chart has. */
  private static final List<Map.Entry<String, String>> CHARTS =
      List.of(
          Map.entry("loss", "Train/Loss"),
          Map.entry("accuracy", "Train/Accuracy"),
          Map.entry("learning rate", "Train/lr"),
          Map.entry("margin", "Train/margin"),
          Map.entry("samples a second", "Train/samples_per_second"),
          Map.entry("equal error rate", "Test/eer"));

  private CurvePicture() {}

  /**
   * Draws what there is.
   *
   * @param curves by name
   * @param file to write, PNG
   * @return false where there is nothing to draw yet
   */
  public static boolean draw(Map<String, List<Curves.Point>> curves, Path file) throws IOException {
    List<Map.Entry<String, String>> present =
        CHARTS.stream().filter(chart -> curves.containsKey(chart.getValue())).toList();
    if (present.isEmpty()) {
      return false;
    }
    int rows = (present.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage picture =
        new BufferedImage(COLUMNS * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < present.size(); i++) {
      XYChart chart = chart(present.get(i).getKey(), curves.get(present.get(i).getValue()));
      Graphics2D area =
          (Graphics2D)
              picture
                  .getGraphics()
                  .create(i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT, WIDTH, HEIGHT);
      chart.paint(area, WIDTH, HEIGHT);
      area.dispose();
    }
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    ImageIO.write(picture, "png", file.toFile());
    return true;
  }

  private static XYChart chart(String title, List<Curves.Point> points) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("step").build();
    chart.getStyler().setLegendVisible(false);
    chart
        .addSeries(
            title,
            points.stream().mapToDouble(Curves.Point::step).toArray(),
            points.stream().mapToDouble(Curves.Point::value).toArray())
        .setMarker(points.size() > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    return chart;
  }
}
