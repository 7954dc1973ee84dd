package dev.siltstone.local.terminal;

/**
 * A bar that moves while threads report what they finished. Where the screen cannot redraw, a line
 * at each quarter says as much.
 */
public final class Progress {
  private static final int WIDTH = 32;
  private static final int QUARTERS = 4;

  private final Screen screen;
  private final String label;
  private final long total;
  private long done;

  public Progress(Screen screen, String label, long total) {
    this.screen = screen;
    this.label = label;
    this.total = total;
    draw();
  }

  public synchronized void advance(long count) {
    long quarterBefore = quarter();
    done += count;
    draw();
    if (!screen.isLive() && quarter() > quarterBefore && done < total) {
      screen.detail("%d of %d %s".formatted(done, total, label));
    }
  }

  /** Takes the bar away. */
  public synchronized void end() {
    screen.draft("");
  }

  private void draw() {
    screen.draft(
        "         %s %d of %d %s".formatted(screen.bar(part(), WIDTH), done, total, label));
  }

  private long quarter() {
    return total == 0 ? 0 : done * QUARTERS / total;
  }

  private double part() {
    return total == 0 ? 1 : (double) done / total;
  }
}
