package dev.siltstone.simulation;

import java.util.function.Supplier;

/** What lies between a caller and a service in memory. */
public interface Wire {
  /** Nothing: every call takes effect at once and answers. */
  Wire PERFECT =
      new Wire() {
        @Override
        public <T> T call(Call call, Supplier<T> effect) {
          return effect.get();
        }
      };

  /**
   * A call as the wire sees it.
   *
   * @param name such as {@code reserve} or {@code putIfAbsent}
   * @param subject the key or place it is about
   * @param write whether its effect changes anything, so that a lost answer leaves it open what
   *     happened
   */
  record Call(String name, String subject, boolean write) {}

  /**
   * Carries a call.
   *
   * @param effect what the service does; run at most once by this call, and atomic
   */
  <T> T call(Call call, Supplier<T> effect);
}
