package dev.siltstone.api.aws;

import dev.siltstone.access.KnownTokens;
import dev.siltstone.access.aws.DynamoTokenStore;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.time.Clock;

/** Whether a function asks for tokens; it does unless it is told not to. */
public final class ConfiguredAccess {
  private ConfiguredAccess() {}

  /**
   * The guard of a function.
   *
   * @throws IllegalStateException if the setting is neither {@code token} nor {@code open}
   */
  public static AccessGuard of(Settings settings, AwsTable table, Clock clock) {
    String access = settings.find(SettingName.ACCESS).orElse("token");
    return switch (access) {
      case "token" -> AccessGuard.requiring(new KnownTokens(new DynamoTokenStore(table), clock));
      case "open" -> AccessGuard.open();
      default ->
          throw new IllegalStateException(
              "environment variable %s is token or open, not %s"
                  .formatted(SettingName.ACCESS.variable(), access));
    };
  }
}
