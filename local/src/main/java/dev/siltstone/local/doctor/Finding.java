package dev.siltstone.local.doctor;

/**
 * What a check found.
 *
 * @param check what was looked at, such as {@code free disk}
 * @param found what is so
 * @param advice what to do about it; empty if nothing is to be done
 */
public record Finding(Level level, String check, String found, String advice) {
  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, and somebody should look at it. */
    WARN,
    /** Does not work, or will not for long. */
    FAIL,
    /** Was not looked at. */
    SKIPPED
  }

  public static Finding ok(String check, String found) {
    return new Finding(Level.OK, check, found, "");
  }

  public static Finding warn(String check, String found, String advice) {
    return new Finding(Level.WARN, check, found, advice);
  }

  public static Finding fail(String check, String found, String advice) {
    return new Finding(Level.FAIL, check, found, advice);
  }

  public static Finding skipped(String check, String reason, String advice) {
    return new Finding(Level.SKIPPED, check, reason, advice);
  }
}
