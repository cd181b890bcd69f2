package io.voxtag.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws detection error trade-off curves: misses over false alarms, both axes as normal deviates,
 * on which Gaussian scores give straight lines (A. Martin et al., "The DET curve in assessment of
 * detection task performance", Eurospeech 1997).
 */
public final class DetPlot {

  private static final int PIXELS = 900;
  private static final double LEAST = 0.0005;
  private static final double MOST = 0.6;
  private static final double[] GRID = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4};
  private static final Color GRID_COLOR = new Color(222, 222, 222);
  private static final Color[] COLORS = {new Color(31, 119, 180), new Color(214, 39, 40)};
  private static final float GRID_WIDTH = 1;
  private static final float CURVE_WIDTH = 2;

  private DetPlot() {}

  /**
   * Writes a PNG of 900 by 900 pixels.
   *
   * @param curves by name for the legend
   * @param file is replaced
   * @throws IOException if it cannot be written
   */
  public static void write(String title, Map<String, ErrorRateReport> curves, Path file)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(PIXELS)
            .height(PIXELS)
            .title(title)
            .xAxisTitle("false alarms, %")
            .yAxisTitle("misses, %")
            .build();
    double low = Probit.of(LEAST);
    double high = Probit.of(MOST);
    chart.getStyler().setXAxisMin(low).setXAxisMax(high).setYAxisMin(low).setYAxisMax(high);
    chart
        .getStyler()
        .setPlotGridLinesVisible(false)
        .setAxisTicksVisible(false)
        .setLegendPosition(LegendPosition.InsideNE)
        .setChartBackgroundColor(Color.WHITE);
    for (double rate : GRID) {
      grid(chart, rate, low, high);
    }
    int drawn = 0;
    for (Map.Entry<String, ErrorRateReport> curve : curves.entrySet()) {
      curve(chart, curve.getKey(), curve.getValue(), COLORS[drawn++ % COLORS.length]);
    }
    BitmapEncoder.saveBitmap(chart, file.toAbsolutePath().toString(), BitmapFormat.PNG);
  }

  private static void grid(XYChart chart, double rate, double low, double high) {
    double at = Probit.of(rate);
    line(chart, "x" + rate, new double[] {at, at}, new double[] {low, high});
    line(chart, "y" + rate, new double[] {low, high}, new double[] {at, at});
    String label = String.valueOf(Math.round(rate * 1000) / 10.0).replaceFirst("\\.0$", "");
    double margin = (high - low) / 60;
    chart.addAnnotation(new AnnotationText(label, at, low + margin, false));
    chart.addAnnotation(new AnnotationText(label, low + 2 * margin, at, false));
  }

  private static void line(XYChart chart, String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setShowInLegend(false);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(GRID_COLOR);
    series.setLineStyle(new BasicStroke(GRID_WIDTH));
  }

  private static void curve(XYChart chart, String name, ErrorRateReport report, Color color) {
    List<Double> falseAlarms = new ArrayList<>();
    List<Double> misses = new ArrayList<>();
    for (List<Double> point : report.det()) {
      falseAlarms.add(Probit.of(inside(point.get(2))));
      misses.add(Probit.of(inside(point.get(1))));
    }
    String legend = String.format(Locale.ROOT, "%s, EER %.2f %%", name, 100 * report.eer());
    XYSeries series = chart.addSeries(legend, falseAlarms, misses);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(CURVE_WIDTH));
  }

  /** No deviate belongs to 0 or 1: the curve leaves the picture there. */
  private static double inside(double rate) {
    return Math.min(Math.max(rate, LEAST / 2), 1 - LEAST / 2);
  }
}
