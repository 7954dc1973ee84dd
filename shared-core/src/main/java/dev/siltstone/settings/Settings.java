package dev.siltstone.settings;

import java.util.Map;
import java.util.Optional;

/** The settings of one process, read once from its environment; empty counts as not set. */
public final class Settings {
  private final Map<String, String> environment;

  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public Optional<String> find(SettingName name) {
    return Optional.ofNullable(environment.get(name.variable())).filter(v -> !v.isBlank());
  }

  /**
   * A setting without which the process cannot work.
   *
   * @throws IllegalStateException if it is not set
   */
  public String get(SettingName name) {
    return find(name)
        .orElseThrow(() ->
            new IllegalStateException("environment variable " + name.variable() + " is not set"));
  }

  /**
   * A whole number.
   *
   * @throws IllegalStateException if it is not set or no number
   */
  public int number(SettingName name) {
    String text = get(name);
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "environment variable %s is no number: %s".formatted(name.variable(), text), e);
    }
  }

  /** The whole environment, for libraries that have variables of their own. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "Settings" + environment.keySet();
  }
}
