package dev.siltstone.emulators;

import dev.siltstone.aws.AwsEndpoints;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * LocalStack in a container, or whatever compatible endpoint {@value #ENDPOINT} names, with the
 * region and the credentials of the usual variables if they are set.
 */
public final class LocalStack {
  /** Names an endpoint for all three services. */
  public static final String ENDPOINT = "SILTSTONE_TEST_AWS_ENDPOINT";

  /** The last one that needs no token. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private static final int PORT = 4566;

  private LocalStack() {}

  /** Why there is none, or empty if there is. */
  public static Optional<String> whyMissing() {
    return Availability.MISSING;
  }

  /** Its services; starts the container if this is the first call. */
  public static AwsServices services() {
    return Started.SERVICES;
  }

  private static final class Availability {
    static final Optional<String> MISSING = look();

    private static Optional<String> look() {
      boolean there =
          System.getenv(ENDPOINT) != null || DockerClientFactory.instance().isDockerAvailable();
      return there
          ? Optional.empty()
          : Optional.of(
              "there is no Docker here to run " + IMAGE + ", and " + ENDPOINT + " is not set");
    }
  }

  private static final class Started {
    static final AwsServices SERVICES = start();

    private static AwsServices start() {
      String given = System.getenv(ENDPOINT);
      URI endpoint = given == null ? startContainer() : URI.create(given);
      return new AwsServices(
          new AwsEndpoints(endpoint, endpoint, endpoint),
          Region.of(System.getenv().getOrDefault("AWS_REGION", Emulators.REGION.id())),
          credentials());
    }

    /** Ends with the JVM, by Testcontainers' own watchdog. */
    private static URI startContainer() {
      GenericContainer<?> container =
          new GenericContainer<>(IMAGE)
              .withEnv("SERVICES", "s3,sqs,dynamodb")
              .withExposedPorts(PORT)
              .waitingFor(Wait.forHttp("/_localstack/health").forPort(PORT))
              .withStartupTimeout(Duration.ofMinutes(3));
      container.start();
      return URI.create(
          "http://%s:%d".formatted(container.getHost(), container.getMappedPort(PORT)));
    }

    private static AwsCredentialsProvider credentials() {
      return System.getenv("AWS_ACCESS_KEY_ID") == null
          ? AwsServices.ANY
          : EnvironmentVariableCredentialsProvider.create();
    }
  }
}
