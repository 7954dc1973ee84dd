package dev.siltstone.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * Makes the SDK's clients, all over one pool of connections and with the SDK's retries off: {@link
 * AwsCalls} alone sends a call again.
 *
 * <p>The pool is Apache's (5), not {@code url-connection-client}: that one gives up an idle
 * connection after five seconds, which between two invocations of a function costs a TLS handshake,
 * and takes two to three times as long per small call where only C1 compiles. Both start equally
 * fast, and neither sends a POST again by itself.
 */
public final class AwsClients implements AutoCloseable {
  private static final int CONNECTIONS = 64;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SMALL_CALL_TIMEOUT = Duration.ofSeconds(5);

  private final SdkHttpClient http;
  private final AwsEndpoints endpoints;
  private final List<ExecutionInterceptor> interceptors;
  private final Consumer<AwsClientBuilder<?, ?>> identity;
  private final Duration smallCallTimeout;

  private AwsClients(
      SdkHttpClient http,
      AwsEndpoints endpoints,
      List<ExecutionInterceptor> interceptors,
      Consumer<AwsClientBuilder<?, ?>> identity,
      Duration smallCallTimeout) {
    this.http = http;
    this.endpoints = endpoints;
    this.smallCallTimeout = smallCallTimeout;
    this.interceptors = List.copyOf(interceptors);
    this.identity = identity;
  }

  /** Clients with the region and credentials that the SDK finds by itself, as in a function. */
  public static AwsClients of(AwsEndpoints endpoints, ExecutionInterceptor... interceptors) {
    return new AwsClients(
        newHttpClient(), endpoints, List.of(interceptors), _ -> {}, SMALL_CALL_TIMEOUT);
  }

  /**
   * Clients over a given HTTP client, which {@link #close} closes.
   *
   * @param identity sets region and credentials
   */
  public static AwsClients over(
      SdkHttpClient http,
      AwsEndpoints endpoints,
      Consumer<AwsClientBuilder<?, ?>> identity,
      ExecutionInterceptor... interceptors) {
    return new AwsClients(http, endpoints, List.of(interceptors), identity, SMALL_CALL_TIMEOUT);
  }

  /**
   * Clients with the credentials that the SDK finds by itself, for the command line.
   *
   * @param region null for the one that the AWS configuration names
   */
  public static AwsClients in(@Nullable String region, AwsEndpoints endpoints) {
    return over(
        newHttpClient(),
        endpoints,
        builder -> {
          if (region != null) {
            builder.region(Region.of(region));
          }
        });
  }

  /** The same, but waiting this long for an answer of DynamoDB or SQS. */
  public AwsClients waiting(Duration timeout) {
    return new AwsClients(http, endpoints, interceptors, identity, timeout);
  }

  /** The pool of connections as this product wants it. */
  public static SdkHttpClient newHttpClient() {
    return Apache5HttpClient.builder()
        .maxConnections(CONNECTIONS)
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(SILENCE_TIMEOUT)
        .connectionMaxIdleTime(Duration.ofMinutes(10))
        .build();
  }

  public S3Client s3() {
    S3ClientBuilder builder = S3Client.builder().httpClient(http);
    builder.forcePathStyle(endpoints.s3() != null);
    configure(builder, endpoints.s3(), null);
    return builder.build();
  }

  public DynamoDbClient dynamoDb() {
    DynamoDbClientBuilder builder = DynamoDbClient.builder().httpClient(http);
    configure(builder, endpoints.dynamoDb(), smallCallTimeout);
    return builder.build();
  }

  public SqsClient sqs() {
    SqsClientBuilder builder = SqsClient.builder().httpClient(http);
    configure(builder, endpoints.sqs(), smallCallTimeout);
    return builder.build();
  }

  /** For models that Bedrock hosts; reaches them at their region's endpoint. */
  public BedrockRuntimeClient bedrock() {
    BedrockRuntimeClientBuilder builder = BedrockRuntimeClient.builder().httpClient(http);
    configure(builder, null, null);
    return builder.build();
  }

  /**
   * Sets up a client of a service that only one function calls, whose module therefore is that
   * function's own.
   *
   * @param endpoint null for the region's own
   */
  public <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B another(
      B builder, @Nullable URI endpoint) {
    configure(builder.httpClient(http), endpoint, smallCallTimeout);
    return builder;
  }

  private void configure(
      AwsClientBuilder<?, ?> builder, @Nullable URI endpoint, @Nullable Duration timeout) {
    identity.accept(builder);
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    builder.overrideConfiguration(settings -> {
      settings.retryStrategy(AwsRetryStrategy.doNotRetry());
      settings.executionInterceptors(interceptors);
      if (timeout != null) {
        settings.apiCallTimeout(timeout);
      }
    });
  }

  @Override
  public void close() {
    http.close();
  }
}
