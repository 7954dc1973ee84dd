package dev.siltstone.benchmarks.compaction;

/**
 * List prices in US dollars, us-east-1, November 2025, without free tiers: an assumption to be
 * compared with the price pages before anything depends on it.
 */
final class PriceList {
  static final String STATED = "us-east-1 list prices of November 2025";

  /** S3 Standard: PUT, COPY, POST, LIST. */
  static final double S3_PUT = 0.005 / 1_000;

  /** S3 Standard: GET and all other requests. */
  static final double S3_GET = 0.0004 / 1_000;

  /** DynamoDB on demand: a write of up to 1 KB. */
  static final double DYNAMODB_WRITE = 0.625 / 1e6;

  /** DynamoDB on demand: a strongly consistent read of up to 4 KB. */
  static final double DYNAMODB_READ = 0.125 / 1e6;

  /** SQS standard queue: a request of up to 64 KB. */
  static final double SQS_REQUEST = 0.40 / 1e6;

  /** Lambda on arm64: a GB-second. */
  static final double LAMBDA_GB_SECOND = 0.0000133334;

  /** Lambda: an invocation. */
  static final double LAMBDA_REQUEST = 0.20 / 1e6;

  private PriceList() {}
}
