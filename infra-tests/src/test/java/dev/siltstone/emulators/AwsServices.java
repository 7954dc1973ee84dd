package dev.siltstone.emulators;

import dev.siltstone.aws.AwsEndpoints;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** Something that speaks S3, DynamoDB and SQS. */
public record AwsServices(AwsEndpoints endpoints) {
  static final String REGION = "us-east-1";

  /** The emulators in this JVM. */
  public static AwsServices emulated() {
    return new AwsServices(new AwsEndpoints(Emulators.s3(), Emulators.dynamoDb(), Emulators.sqs()));
  }

  /** Sets a region and credentials that nobody checks. */
  public void identify(AwsClientBuilder<?, ?> builder) {
    builder
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
  }
}
