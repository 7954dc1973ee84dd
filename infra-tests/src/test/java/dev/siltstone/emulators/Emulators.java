package dev.siltstone.emulators;

import com.adobe.testing.s3mock.S3MockApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.dynamodb.services.local.main.ServerRunner;

/** The emulators of this JVM. Each starts when it is first asked for, and ends with the JVM. */
public final class Emulators {
  static final Region REGION = Region.US_EAST_1;

  private Emulators() {}

  /** S3Mock's endpoint. */
  public static URI s3() {
    return S3.ENDPOINT;
  }

  /** DynamoDB Local's endpoint. */
  public static URI dynamoDb() {
    return DynamoDb.ENDPOINT;
  }

  /** ElasticMQ's endpoint. */
  public static URI sqs() {
    return Sqs.ENDPOINT;
  }

  private static URI onLoopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static final class S3 {
    static final URI ENDPOINT = start();

    private static URI start() {
      S3MockApplication application =
          S3MockApplication.start(
              "--http.port=0",
              "--server.port=0",
              "--server.address=127.0.0.1",
              "--spring.main.sources=" + CasGate.class.getName() + "," + SlowDown.class.getName(),
              "--spring.main.banner-mode=off",
              "--logging.level.root=ERROR");
      return onLoopback(application.getHttpPort());
    }
  }

  private static final class Sqs {
    static final URI ENDPOINT = start();

    private static URI start() {
      var server =
          SQSRestServerBuilder.withInterface("127.0.0.1")
              .withDynamicPort()
              .withAWSRegion(REGION.id())
              .start();
      return onLoopback(server.waitUntilStarted().localAddress().getPort());
    }
  }

  private static final class DynamoDb {
    static final URI ENDPOINT = start();

    /** It cannot choose a port itself and say which, so it is given one that was free just now. */
    private static URI start() {
      System.setProperty("sqlite4java.library.path", nativeLibraries().toString());
      try {
        int port = freePort();
        ServerRunner.createServerFromCommandLineArgs(
                new String[] {
                  "-port", Integer.toString(port), "-sharedDb", "-inMemory", "-disableTelemetry"
                })
            .start();
        return onLoopback(port);
      } catch (Exception e) {
        throw new IllegalStateException("DynamoDB Local did not start", e);
      }
    }

    /** Where the build copied them, see this module's pom. */
    private static Path nativeLibraries() {
      Path folder = Path.of("target", "test-classes", "sqlite4java").toAbsolutePath();
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException("the build has put no libraries into " + folder);
      }
      return folder;
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}
