package dev.siltstone.emulators;

import dev.siltstone.aws.AwsEndpoints;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** Something that speaks S3, DynamoDB and SQS. */
public record AwsServices(
    AwsEndpoints endpoints, Region region, AwsCredentialsProvider credentials) {
  /** Credentials that an emulator does not check. */
  static final AwsCredentialsProvider ANY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  /** The emulators in this JVM. */
  public static AwsServices emulated() {
    return new AwsServices(
        new AwsEndpoints(Emulators.s3(), Emulators.dynamoDb(), Emulators.sqs()),
        Emulators.REGION,
        ANY);
  }

  /** Sets region and credentials. */
  public void identify(AwsClientBuilder<?, ?> builder) {
    builder.region(region).credentialsProvider(credentials);
  }
}
