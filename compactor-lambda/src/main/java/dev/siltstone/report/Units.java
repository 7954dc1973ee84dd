package dev.siltstone.report;

import java.time.Duration;
import java.util.Locale;

/** Sizes, times and rates as people read them. */
public final class Units {
  private static final double THOUSAND = 1000;

  private Units() {}

  public static String bytes(long bytes) {
    if (bytes < THOUSAND) {
      return bytes + " B";
    }
    return bytes < THOUSAND * THOUSAND
        ? number(bytes / THOUSAND) + " kB"
        : number(bytes / THOUSAND / THOUSAND) + " MB";
  }

  public static String time(Duration time) {
    double millis = time.toNanos() / 1e6;
    return millis < THOUSAND ? number(millis) + " ms" : number(millis / THOUSAND) + " s";
  }

  public static String rate(long count, Duration time) {
    return number(count / Math.max(time.toNanos() / 1e9, 1e-9)) + "/s";
  }

  public static String count(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }
}
