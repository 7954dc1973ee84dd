package dev.siltstone.aws;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the services are, where that is not the region's usual place: an emulator, LocalStack, a
 * compatible store.
 *
 * @param s3 null for the region's own; given, buckets are addressed by path
 */
public record AwsEndpoints(@Nullable URI s3, @Nullable URI dynamoDb, @Nullable URI sqs) {
  /** AWS itself. */
  public static final AwsEndpoints REGIONAL = new AwsEndpoints(null, null, null);

  /**
   * The variables that every AWS SDK knows: {@code AWS_ENDPOINT_URL} for all services, {@code
   * AWS_ENDPOINT_URL_S3}, {@code _DYNAMODB} and {@code _SQS} for one.
   */
  public static AwsEndpoints from(Map<String, String> environment) {
    return new AwsEndpoints(
        endpoint(environment, "S3"),
        endpoint(environment, "DYNAMODB"),
        endpoint(environment, "SQS"));
  }

  /**
   * The endpoint of one service by the same variables; null for the region's own.
   *
   * @param service as the variable's name ends
   */
  public static @Nullable URI endpoint(Map<String, String> environment, String service) {
    String common = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    String text = environment.getOrDefault("AWS_ENDPOINT_URL_" + service, common);
    return text.isEmpty() ? null : URI.create(text);
  }
}
