package dev.siltstone.ingest;

import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;

/**
 * How large a write may be, beside the limits of the delta format.
 *
 * @param maxOperations in one batch
 * @param maxBodyBytes of one request, as JSON
 */
public record IngestLimits(int maxOperations, int maxBodyBytes) {
  /** As much as Chroma's server takes; AWS Lambda itself stops at 6 MB. */
  public static final IngestLimits DEFAULT = new IngestLimits(50_000, 40 << 20);

  public IngestLimits {
    if (maxOperations < 1 || maxBodyBytes < 1) {
      throw new IllegalArgumentException(
          "limits of %d operations, %d bytes".formatted(maxOperations, maxBodyBytes));
    }
  }

  void checkBody(byte[] body) {
    if (body.length > maxBodyBytes) {
      throw ApiException.tooLarge(
          "The request has %d bytes; the limit is %d: send smaller batches"
              .formatted(body.length, maxBodyBytes));
    }
  }

  void checkSize(WriteBatch batch) {
    if (batch.size() > maxOperations) {
      throw new InvalidRequestException(
          "A batch of %d records is over the limit of %d: split it"
              .formatted(batch.size(), maxOperations));
    }
  }
}
