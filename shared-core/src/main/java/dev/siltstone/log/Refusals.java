package dev.siltstone.log;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.storage.ObjectKey;
import org.jspecify.annotations.Nullable;

/** What callers of the protocol are told. Clients of Chroma match on the first two texts. */
final class Refusals {
  private Refusals() {}

  static NotFoundException collectionGone(CollectionId collection) {
    return new NotFoundException("Collection [" + collection + "] does not exist.");
  }

  static InvalidRequestException shapeDiffers(
      ReserveResult.ShapeDiffers differs, @Nullable VectorShape given) {
    VectorShape expected = differs.expected();
    if (given == null || given.dimension() != expected.dimension()) {
      return new InvalidRequestException(
          "Collection expecting embedding with dimension of %d, got %d"
              .formatted(expected.dimension(), given == null ? 0 : given.dimension()));
    }
    return new InvalidRequestException(
        "Collection expecting embeddings made by %s, got embeddings made by %s"
            .formatted(maker(expected), maker(given)));
  }

  private static String maker(VectorShape shape) {
    return shape.embeddingFunction() == null
        ? "the client"
        : "the function '" + shape.embeddingFunction() + "'";
  }

  static UnavailableException notCommitted(ObjectKey key, OutcomeUnknownException cause) {
    return new UnavailableException("No answer to storing " + key + "; it is not committed", cause);
  }

  static OutcomeUnknownException maybeCommitted(LogEntry entry, OutcomeUnknownException cause) {
    return new OutcomeUnknownException(
        "No answer to committing %s at sequence %s: it may or may not be committed"
            .formatted(
                entry instanceof LogEntry.Committed delta ? delta.key() : "a rollback",
                entry.sequence()),
        cause);
  }

  static CorruptDataException quarantined(
      LogEntry.Committed entry, PlaceResult.QuarantinedMeanwhile quarantined) {
    return new CorruptDataException(
        "%s at sequence %s was committed and has been quarantined since: %s"
            .formatted(entry.key(), entry.sequence(), quarantined.reason()));
  }
}
