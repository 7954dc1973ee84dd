package dev.siltstone.api.json;

import dev.siltstone.record.RecordId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code get}.
 *
 * @param ids only these records, or null for all; an id that no record can have is left out
 * @param where a tree of Map, List, String, Long, Double, Boolean and null, or null for no
 *     condition
 * @param whereDocument likewise
 * @param limit at most so many, or null for all; what an int cannot hold is the largest int
 * @param offset records to skip
 */
public record GetRequest(
    @Nullable List<RecordId> ids,
    @Nullable Object where,
    @Nullable Object whereDocument,
    @Nullable Integer limit,
    int offset,
    IncludeList include) {
  /**
   * Reads a body.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if it is not JSON
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static GetRequest parse(byte[] body) {
    return BodyReader.read(body, GetRequest::read);
  }

  private static GetRequest read(BodyReader in) throws IOException {
    FilterFields filter = new FilterFields(in);
    Fields fields = new Fields(in, filter);
    in.fields("struct GetRequestPayload", fields::read);
    return new GetRequest(
        filter.ids(),
        filter.where(),
        filter.whereDocument(),
        fields.limit,
        fields.offset == null ? 0 : fields.offset,
        fields.include);
  }

  private static final class Fields {
    private final BodyReader in;
    private final FilterFields filter;
    private @Nullable Integer limit;
    private @Nullable Integer offset;
    private IncludeList include = IncludeList.OF_GET;

    Fields(BodyReader in, FilterFields filter) {
      this.in = in;
      this.filter = filter;
    }

    boolean read(String name) throws IOException {
      switch (name) {
        case "limit" -> limit = in.nullable(BodyReader::u32);
        case "offset" -> offset = in.nullable(BodyReader::u32);
        case "include" -> include = IncludeList.read(in);
        default -> {
          return filter.read(name);
        }
      }
      return true;
    }
  }
}
