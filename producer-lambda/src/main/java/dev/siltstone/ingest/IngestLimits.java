package dev.siltstone.ingest;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.gateway.GatewayLimits;
import dev.siltstone.failure.InvalidRequestException;

/**
 * How large a write may be, beside the limits of the delta format.
 *
 * @param maxOperations in one batch
 * @param maxBodyBytes of one request, as JSON
 */
public record IngestLimits(int maxOperations, int maxBodyBytes) {
  /** As much as Chroma's server takes. */
  public static final IngestLimits DEFAULT = new IngestLimits(50_000, 40 << 20);

  /** What can arrive in an event, inflated; Lambda refuses longer events itself. */
  public static final IngestLimits OF_EVENTS =
      new IngestLimits(50_000, GatewayLimits.INFLATED_BYTES);

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
