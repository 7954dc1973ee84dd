package dev.siltstone.local.terminal;

import dev.siltstone.report.Units;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where commands draw: a terminal with colour and moving bars, or plain lines for anything else.
 */
public final class Screen {
  private static final int INDENT = 9;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter out;
  private final boolean live;
  private final boolean unicode;

  private Screen(PrintWriter out, boolean live, boolean unicode) {
    this.out = out;
    this.live = live;
    this.unicode = unicode;
  }

  /** The process's own output. */
  public static Screen standard() {
    return on(new PrintWriter(System.out, true, System.out.charset()));
  }

  /** Another writer to the same terminal, such as the error output. */
  public static Screen on(PrintWriter out) {
    @Nullable Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
    return new Screen(out, terminal && !plain, System.out.charset().equals(StandardCharsets.UTF_8));
  }

  /** Plain lines to a writer. */
  public static Screen plain(PrintWriter out) {
    return new Screen(out, false, true);
  }

  /** Whether somebody sits there to be asked. */
  public boolean isLive() {
    return live;
  }

  public void line(String text) {
    out.println(text);
  }

  /** A step that is done, in one line. */
  public void step(String name, String what, Duration took) {
    settle("%s %s  %s".formatted(bold("%-8s".formatted(name)), what, faint(Units.time(took))));
  }

  /** Something more about the step above. */
  public void detail(String text) {
    line(" ".repeat(INDENT) + text);
  }

  /** Replaces what the last draft showed; nothing where lines cannot be replaced. */
  public void draft(String text) {
    if (live) {
      out.print(CLEAR_LINE + text);
      out.flush();
    }
  }

  /** Ends the draft, if there is one, with a line that stays. */
  public void settle(String text) {
    line(live ? CLEAR_LINE + text : text);
  }

  /** Shows a question and leaves the cursor behind it. */
  public void prompt(String text) {
    out.print(text);
    out.flush();
  }

  public String bold(String text) {
    return live ? "\033[1m" + text + "\033[0m" : text;
  }

  public String faint(String text) {
    return live ? "\033[2m" + text + "\033[0m" : text;
  }

  public String accent(String text) {
    return live ? "\033[36m" + text + "\033[0m" : text;
  }

  /** A bar of {@code width} characters, filled to {@code part} of one. */
  public String bar(double part, int width) {
    int filled = (int) Math.round(Math.clamp(part, 0, 1) * width);
    return accent((unicode ? "━" : "#").repeat(filled))
        + faint((unicode ? "━" : ".").repeat(width - filled));
  }
}
