package dev.siltstone.cdk.props;

import org.jspecify.annotations.Nullable;

/**
 * How people hear of trouble.
 *
 * @param alarms whether there are alarms
 * @param topicArn a topic that hears them
 * @param email an address that hears them, through a topic of the stack
 * @param dashboard whether there is a dashboard
 */
public record WatchProps(
    boolean alarms, @Nullable String topicArn, @Nullable String email, boolean dashboard) {
  public WatchProps {
    if (topicArn != null) {
      Bounds.arn(StackOption.ALARM_TOPIC_ARN, "sns", topicArn);
    }
    if (email != null && !email.matches("[^@\\s]+@[^@\\s]+")) {
      throw new IllegalArgumentException(
          "%s is no address: '%s'".formatted(StackOption.ALARM_EMAIL.key(), email));
    }
    if (!alarms && (topicArn != null || email != null)) {
      throw new IllegalArgumentException(
          "%s is false, so nobody can hear them".formatted(StackOption.ALARMS.key()));
    }
  }
}
