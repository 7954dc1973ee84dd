package dev.siltstone.delta;

import dev.siltstone.failure.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** Text that UTF-8 can hold: every surrogate has its other half. */
final class WellFormedText {
  private WellFormedText() {}

  static @Nullable String checkedOrNull(@Nullable String text) {
    return text == null ? null : checked(text);
  }

  static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean pair =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new InvalidRequestException(
              "A text has an unpaired surrogate (U+%04X) at position %d".formatted((int) unit, i));
        }
        i++;
      }
    }
    return text;
  }
}
