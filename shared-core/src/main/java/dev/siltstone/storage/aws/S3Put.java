package dev.siltstone.storage.aws;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.PutResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One conditional put. A refusal (503 SlowDown, 409 ConditionalRequestConflict) is sent again a few
 * times, anything else whose outcome is unknown never. Once a put has been sent more than once, a
 * condition that does not hold may be this put's own doing, and the outcome is unknown as well.
 */
final class S3Put {
  /** What S3 takes in one request. */
  static final long MAX_BYTES = 5L << 30;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final AwsCalls calls;
  private final ObjectKey key;
  private final RequestBody body;

  S3Put(S3Client client, AwsCalls calls, ObjectKey key, ObjectBody body) {
    this.client = client;
    this.calls = calls;
    this.key = key;
    this.body = requestBody(key, body);
  }

  PutResult send(Consumer<PutObjectRequest.Builder> condition) {
    PutObjectRequest request =
        PutObjectRequest.builder().key(key.value()).applyMutation(condition).build();
    try {
      return calls.once("putting " + key, refusals -> attempt(request, refusals));
    } catch (UnavailableException e) {
      if (e.getCause() instanceof S3Exception last && last.statusCode() == CONFLICT) {
        throw new OutcomeUnknownException("putting " + key + " met only conflicts", e);
      }
      throw e;
    }
  }

  private PutResult attempt(PutObjectRequest request, int refusals) {
    try {
      return new PutResult.Stored(new ETag(client.putObject(request, body).eTag()));
    } catch (S3Exception e) {
      if (!conditionFailed(request, e)) {
        throw e;
      }
      if (refusals > 0) {
        throw new OutcomeUnknownException(
            "putting " + key + " failed its condition after it had been sent before", e);
      }
      return new PutResult.ConditionFailed();
    }
  }

  private static boolean conditionFailed(PutObjectRequest request, S3Exception e) {
    boolean matchedNothing = e.statusCode() == NOT_FOUND && request.ifMatch() != null;
    boolean noBucket = matchedNothing && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
    return e.statusCode() == PRECONDITION_FAILED || (matchedNothing && !noBucket);
  }

  private static RequestBody requestBody(ObjectKey key, ObjectBody body) {
    return switch (body) {
      case ObjectBody.Bytes inMemory -> RequestBody.fromBytes(inMemory.bytes());
      case ObjectBody.LocalFile file -> RequestBody.fromFile(checked(key, file.path()));
    };
  }

  private static Path checked(ObjectKey key, Path file) {
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "object %s has %d bytes; S3 takes %d in one request".formatted(key, bytes, MAX_BYTES));
      }
      return file;
    } catch (IOException e) {
      throw new UnavailableException("reading " + file + " failed", e);
    }
  }
}
