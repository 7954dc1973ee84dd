package dev.siltstone.benchmarks.latency;

import java.util.random.RandomGenerator;

/**
 * How long a call takes until its first byte: log-normal, by its median and its 99th percentile.
 */
record Delay(double medianMillis, double p99Millis) {
  private static final double Z99 = 2.326;

  /**
   * DynamoDB, a read of one item or a page: "single-digit milliseconds" on the side of the service
   * (aws.amazon.com/blogs/database/understanding-amazon-dynamodb-latency), 10 to 20 ms seen by
   * clients (dynobase.dev/dynamodb-performance-latency, 2022). Taken between the two.
   */
  static final Delay TABLE_READ = new Delay(6, 25);

  /** DynamoDB, a write; the same sources. */
  static final Delay TABLE_WRITE = new Delay(8, 30);

  /**
   * S3, first byte of a GET: "roughly 100 to 200 milliseconds" for small objects is what AWS gives
   * as consistent (docs.aws.amazon.com, Performance guidelines for Amazon S3). That is taken as the
   * upper end and a third of it as the median.
   */
  static final Delay OBJECT_READ = new Delay(40, 200);

  /** S3, a PUT; no published distribution was found: the upper half of a GET's. */
  static final Delay OBJECT_WRITE = new Delay(60, 250);

  /** SQS, a send; no published distribution was found. */
  static final Delay QUEUE = new Delay(10, 40);

  long nanos(RandomGenerator random) {
    double sigma = Math.log(p99Millis / medianMillis) / Z99;
    return (long) (medianMillis * 1e6 * Math.exp(sigma * random.nextGaussian()));
  }
}
