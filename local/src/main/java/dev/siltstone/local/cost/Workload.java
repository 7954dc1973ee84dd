package dev.siltstone.local.cost;

import dev.siltstone.failure.InvalidRequestException;

/**
 * What is asked of one collection.
 *
 * @param vectors records that are kept
 * @param dimension of their embeddings
 * @param documentBytes document and metadata of one record
 * @param recordsPerDay records that are written
 * @param recordsPerWrite records of one write: a delta
 * @param queriesPerDay queries
 * @param strongShare share of the queries that are strong, 0 to 1; the others are eventual
 * @param hoursPerDay hours in which there is traffic
 */
public record Workload(
    long vectors,
    int dimension,
    int documentBytes,
    long recordsPerDay,
    int recordsPerWrite,
    long queriesPerDay,
    double strongShare,
    double hoursPerDay) {
  public Workload {
    require(vectors >= 0, "--vectors is 0 or more");
    require(dimension > 0, "--dimension is at least 1");
    require(documentBytes >= 0, "--document-bytes is 0 or more");
    require(recordsPerDay >= 0, "--writes is 0 or more");
    require(recordsPerWrite > 0, "--batch is at least 1");
    require(queriesPerDay >= 0, "--queries is 0 or more");
    require(strongShare >= 0 && strongShare <= 1, "--strong is from 0 to 1");
    require(hoursPerDay > 0 && hoursPerDay <= 24, "--hours is above 0 and at most 24");
  }

  /** Writes a day, each of a delta. */
  long writesPerDay() {
    return Math.ceilDiv(recordsPerDay, recordsPerWrite);
  }

  /** Bytes of one record as its sender sees it. */
  long recordBytes() {
    return 4L * dimension + documentBytes;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidRequestException(otherwise);
    }
  }
}
