package dev.siltstone.embedding.aws;

import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** The client as functions build it, pointed at a server of the test. */
final class BedrockTestClient {
  private BedrockTestClient() {}

  static BedrockRuntimeClient at(URI endpoint) {
    return AwsClients.over(
            AwsClients.newHttpClient(),
            AwsEndpoints.REGIONAL,
            builder ->
                builder
                    .region(Region.US_EAST_1)
                    .endpointOverride(endpoint)
                    .credentialsProvider(
                        StaticCredentialsProvider.create(
                            AwsBasicCredentials.create("test", "test"))))
        .bedrock();
  }
}
