package dev.siltstone.aws;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What a failed call says about its effect. */
enum AwsFailure {
  /** It had no effect, and the same call may succeed a moment later: throttling, a conflict. */
  REFUSED,
  /** It had no effect, and repeating it soon will not help: no permission, no such bucket. */
  REJECTED,
  /** The answer was lost or says nothing: it may have taken effect, or may yet. */
  UNKNOWN;

  private static final Set<String> REFUSALS =
      Set.of(
          // S3
          "SlowDown",
          "TooManyRequests",
          "ConditionalRequestConflict",
          "OperationAborted",
          "RequestTimeout",
          // DynamoDB, SQS
          "ThrottlingException",
          "Throttling",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "RequestLimitExceeded",
          "ProvisionedThroughputExceededException",
          "TransactionConflictException",
          "TransactionInProgressException",
          // Bedrock
          "ModelNotReadyException",
          "ModelTimeoutException",
          // as reasons for which a transaction was cancelled
          "TransactionConflict",
          "ThrottlingError",
          "ProvisionedThroughputExceeded",
          "None");

  static AwsFailure of(SdkException failure) {
    return switch (failure) {
      case TransactionCanceledException cancelled -> ofCancelled(cancelled);
      case AwsServiceException answered -> ofAnswered(answered);
      default -> neverSent(failure) ? REFUSED : UNKNOWN;
    };
  }

  private static AwsFailure ofAnswered(AwsServiceException failure) {
    String code = failure.awsErrorDetails() == null ? "" : failure.awsErrorDetails().errorCode();
    if (code != null && REFUSALS.contains(code)) {
      return REFUSED;
    }
    return failure.statusCode() >= 500 ? UNKNOWN : REJECTED;
  }

  /** A cancelled transaction changed nothing; it may be repeated if all reasons are passing. */
  private static AwsFailure ofCancelled(TransactionCanceledException cancelled) {
    boolean passing =
        cancelled.hasCancellationReasons()
            && cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .allMatch(REFUSALS::contains);
    return passing ? REFUSED : REJECTED;
  }

  private static boolean neverSent(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
