package dev.siltstone.cdk.props;

import software.amazon.awscdk.services.ec2.IVpc;

/** Where the functions run. */
public sealed interface Network {
  /** In Lambda's own network, which costs nothing. */
  record None() implements Network {}

  /** In a new network without a way to the internet: endpoints reach what the functions need. */
  record Isolated() implements Network {}

  /**
   * In the private subnets of a network that exists. They must reach S3, DynamoDB and SQS.
   *
   * @param id such as {@code vpc-0123}; looked up when the stack is synthesised
   */
  record Existing(String id) implements Network {}

  /** The same, for a network that the app has in hand. */
  record Given(IVpc vpc) implements Network {}
}
