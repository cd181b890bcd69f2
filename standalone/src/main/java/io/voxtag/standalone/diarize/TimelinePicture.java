package io.voxtag.standalone.diarize;

import io.voxtag.scoring.diarization.Segment;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture of who spoke when: a row for each speaker, time from left to right in min:s. Needs no
 * display.
 */
public final class TimelinePicture {

  private static final int WIDTH = 1400;
  private static final int ROW = 36;
  private static final int BAR = 22;
  private static final int TOP = 48;
  private static final int BOTTOM = 40;
  private static final int MARGIN = 16;
  private static final int MOST_MARKS = 16;
  private static final int LONGEST_NAME = 280;

  /** Told apart also by people who see red and green alike (Okabe and Ito, 2008). */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xE69F00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0xD55E00),
          new Color(0x999999),
          new Color(0xB8A800));

  private TimelinePicture() {}

  /**
   * Writes a PNG.
   *
   * @param speakers the rows, from above
   * @param segments of these speakers
   * @param lengthMs of the recording, ms
   * @throws IOException if it cannot be written
   */
  public static void write(
      Path file, String title, List<String> speakers, List<Segment> segments, long lengthMs)
      throws IOException {
    BufferedImage image = draw(title, speakers, segments, lengthMs);
    try (OutputStream out = Files.newOutputStream(file)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new FileSystemException(file.toString(), null, "this Java cannot write PNG files");
      }
    }
  }

  static BufferedImage draw(
      String title, List<String> speakers, List<Segment> segments, long lengthMs) {
    int height = TOP + ROW * Math.max(1, speakers.size()) + BOTTOM;
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, WIDTH, height);
      new Drawing(graphics, speakers, Math.max(1, lengthMs), height).draw(title, segments);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  /** One picture while it is drawn. */
  private static final class Drawing {

    private final Graphics2D graphics;
    private final List<String> speakers;
    private final long lengthMs;
    private final int bottom;
    private final int left;

    Drawing(Graphics2D graphics, List<String> speakers, long lengthMs, int height) {
      this.graphics = graphics;
      this.speakers = speakers;
      this.lengthMs = lengthMs;
      this.bottom = height - BOTTOM;
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
      FontMetrics metrics = graphics.getFontMetrics();
      int widest = speakers.stream().mapToInt(metrics::stringWidth).max().orElse(0);
      this.left = Math.min(LONGEST_NAME, widest) + 2 * MARGIN;
    }

    void draw(String title, List<Segment> segments) {
      graphics.setColor(Color.DARK_GRAY);
      graphics.setFont(graphics.getFont().deriveFont(Font.BOLD, 16f));
      graphics.drawString(title, MARGIN, TOP / 2 + 4);
      graphics.setFont(graphics.getFont().deriveFont(Font.PLAIN, 14f));
      marks();
      for (int row = 0; row < speakers.size(); row++) {
        name(row);
      }
      for (Segment segment : segments) {
        bar(segment);
      }
    }

    private void marks() {
      FontMetrics metrics = graphics.getFontMetrics();
      graphics.setStroke(new BasicStroke(1));
      long step = TimeAxis.step(lengthMs, MOST_MARKS);
      for (long ms = 0; ms <= lengthMs; ms += step) {
        graphics.setColor(new Color(0xE0E0E0));
        graphics.drawLine(x(ms), TOP, x(ms), bottom);
        graphics.setColor(Color.DARK_GRAY);
        String text = TimeAxis.text(ms);
        graphics.drawString(text, x(ms) - metrics.stringWidth(text) / 2, bottom + 20);
      }
      graphics.drawLine(left, bottom, WIDTH - MARGIN, bottom);
    }

    private void name(int row) {
      FontMetrics metrics = graphics.getFontMetrics();
      String name = speakers.get(row);
      while (metrics.stringWidth(name) > LONGEST_NAME) {
        name = name.substring(0, name.length() - 2) + "…";
      }
      graphics.setColor(Color.DARK_GRAY);
      graphics.drawString(
          name, left - MARGIN - metrics.stringWidth(name), TOP + row * ROW + ROW / 2 + 5);
    }

    private void bar(Segment segment) {
      int row = speakers.indexOf(segment.speaker());
      graphics.setColor(COLOURS.get(row % COLOURS.size()));
      int from = x(segment.startMs());
      int width = Math.max(1, x(segment.endMs()) - from);
      graphics.fillRect(from, TOP + row * ROW + (ROW - BAR) / 2, width, BAR);
    }

    private int x(long ms) {
      return left + (int) Math.round((double) ms / lengthMs * (WIDTH - MARGIN - left));
    }
  }
}
