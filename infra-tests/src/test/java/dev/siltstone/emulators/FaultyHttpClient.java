package dev.siltstone.emulators;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An HTTP client that now and then fails, before or after the service did what it was asked. Each
 * fault strikes once, at the first request that it fits.
 */
public final class FaultyHttpClient implements SdkHttpClient {
  private final SdkHttpClient client;
  private final List<Planned> planned = new ArrayList<>();

  /** What goes wrong. */
  public sealed interface Fault {
    /** The service never sees the request; this is answered in its place. */
    record Instead(int status, String body) implements Fault {}

    /** The service does it, and then this is answered in place of its own words. */
    record FalseReport(int status, String body) implements Fault {}

    /** The service does it, and nobody hears of it. */
    record LostAnswer() implements Fault {}

    /** The request is lost on its way. */
    record LostRequest() implements Fault {}

    /** Somebody else does something just before the request arrives; nothing else goes wrong. */
    record Meanwhile(Runnable action) implements Fault {}

    /** DynamoDB refuses. */
    static Fault dynamoDb(String error) {
      return new Instead(
          400,
          "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"injected\"}"
              .formatted(error));
    }

    /** DynamoDB cancels a transaction, for one reason per action. */
    static Fault cancelled(String... reasons) {
      String list =
          Arrays.stream(reasons)
              .map("{\"Code\":\"%s\"}"::formatted)
              .collect(Collectors.joining(","));
      return new Instead(
          400,
          "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
              + "\"CancellationReasons\":["
              + list
              + "]}");
    }

    /** S3 refuses. */
    static Fault s3(int status, String code) {
      return new Instead(status, s3Error(code));
    }

    /** The service does it and reports an error of its own. */
    static Fault falseReport() {
      return new FalseReport(500, "");
    }
  }

  private record Planned(Predicate<SdkHttpRequest> where, Fault fault) {}

  public FaultyHttpClient(SdkHttpClient client) {
    this.client = client;
  }

  /** Plans a fault for the next call of a DynamoDB operation, or an SQS one. */
  public void plan(String operation, Fault fault) {
    plan(
        request ->
            request
                .firstMatchingHeader("X-Amz-Target")
                .filter(target -> target.endsWith("." + operation))
                .isPresent(),
        fault);
  }

  /** Plans a fault for the next request of an HTTP method to an S3 object. */
  public void planS3(String method, Fault fault) {
    plan(
        request ->
            request.method().name().equals(method)
                && request.firstMatchingHeader("X-Amz-Target").isEmpty(),
        fault);
  }

  /** Plans a fault for the next request that fits. */
  public synchronized void plan(Predicate<SdkHttpRequest> where, Fault fault) {
    planned.add(new Planned(where, fault));
  }

  /** Whether every planned fault has struck. */
  public synchronized boolean isSpent() {
    return planned.isEmpty();
  }

  private synchronized List<Fault> due(SdkHttpRequest request) {
    for (Planned each : planned) {
      if (each.where().test(request)) {
        planned.remove(each);
        return List.of(each.fault());
      }
    }
    return List.of();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest real = client.prepareRequest(request);
    List<Fault> due = due(request.httpRequest());
    return due.isEmpty() ? real : new Faulty(real, due.getFirst());
  }

  @Override
  public void close() {
    client.close();
  }

  private record Faulty(ExecutableHttpRequest real, Fault fault) implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      return switch (fault) {
        case Fault.Instead instead -> answer(instead.status(), instead.body());
        case Fault.LostRequest _ -> throw new SocketTimeoutException("injected: never sent");
        case Fault.Meanwhile meanwhile -> {
          meanwhile.action().run();
          yield real.call();
        }
        case Fault.LostAnswer _ -> {
          finish(real.call());
          throw new SocketTimeoutException("injected: answer lost");
        }
        case Fault.FalseReport report -> {
          finish(real.call());
          yield answer(report.status(), report.body());
        }
      };
    }

    /** Demands that the service really did it, and frees the connection. */
    private static void finish(HttpExecuteResponse response) throws IOException {
      if (!response.httpResponse().isSuccessful()) {
        throw new AssertionError("the service refused: " + response.httpResponse().statusCode());
      }
      if (response.responseBody().isPresent()) {
        try (AbortableInputStream body = response.responseBody().get()) {
          body.readAllBytes();
        }
      }
    }

    @Override
    public void abort() {
      real.abort();
    }
  }

  private static HttpExecuteResponse answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String type = body.startsWith("{") ? "application/x-amz-json-1.0" : "application/xml";
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .headers(
                    Map.of(
                        "Content-Type", List.of(type),
                        "Content-Length", List.of(Integer.toString(bytes.length))))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  private static String s3Error(String code) {
    return "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>injected</Message></Error>"
        .formatted(code);
  }
}
