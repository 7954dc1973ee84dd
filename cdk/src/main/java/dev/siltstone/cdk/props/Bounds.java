package dev.siltstone.cdk.props;

/** Refuses values that could not be deployed, by the name of the option that carries them. */
final class Bounds {
  private Bounds() {}

  static void check(StackOption option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; it goes from %d to %d".formatted(option.key(), value, least, most));
    }
  }

  static void present(StackOption option, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "%s is missing: %s".formatted(option.key(), option.meaning()));
    }
  }

  static void arn(StackOption option, String service, String value) {
    if (!value.matches("arn:aws[a-z-]*:" + service + ":[a-z0-9-]+:\\d{12}:.+")) {
      throw new IllegalArgumentException(
          "%s is no ARN of %s: '%s'".formatted(option.key(), service, value));
    }
  }
}
