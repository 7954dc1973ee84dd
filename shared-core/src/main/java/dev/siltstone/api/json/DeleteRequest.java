package dev.siltstone.api.json;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.RecordId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code delete}. With ids alone every id given counts as deleted, known or not; with a
 * condition, ids only narrow it down; with neither nothing is deleted.
 *
 * @param ids these records, or null; an id that no record can have is left out
 * @param where a tree of Map, List, String, Long, Double, Boolean and null, or null for no
 *     condition
 * @param whereDocument likewise
 * @param limit at most so many of the records that match, or null for all
 */
public record DeleteRequest(
    @Nullable List<RecordId> ids,
    @Nullable Object where,
    @Nullable Object whereDocument,
    @Nullable Integer limit) {
  public DeleteRequest {
    if (limit != null && where == null && whereDocument == null) {
      throw new InvalidRequestException(
          "Validation error: limit, where: limit can only be specified when a where clause is"
              + " provided");
    }
  }

  /** Whether it deletes by a condition, not by ids alone. */
  public boolean filtered() {
    return where != null || whereDocument != null;
  }

  /**
   * Reads a body.
   *
   * @throws InvalidRequestException if it is not JSON, or has a limit without a condition
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static DeleteRequest parse(byte[] body) {
    return BodyReader.read(body, DeleteRequest::read);
  }

  private static DeleteRequest read(BodyReader in) throws IOException {
    FilterFields filter = new FilterFields(in);
    Fields fields = new Fields(in, filter);
    in.fields("struct DeleteCollectionRecordsPayload", fields::read);
    return new DeleteRequest(filter.ids(), filter.where(), filter.whereDocument(), fields.limit);
  }

  private static final class Fields {
    private final BodyReader in;
    private final FilterFields filter;
    private @Nullable Integer limit;

    Fields(BodyReader in, FilterFields filter) {
      this.in = in;
      this.filter = filter;
    }

    boolean read(String name) throws IOException {
      if (name.equals("limit")) {
        limit = in.nullable(BodyReader::u32);
        return true;
      }
      return filter.read(name);
    }
  }
}
