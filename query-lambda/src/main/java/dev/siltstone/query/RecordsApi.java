package dev.siltstone.query;

import static dev.siltstone.cost.RequestCost.during;
import static dev.siltstone.cost.Stage.EMBED;
import static dev.siltstone.cost.Stage.HYDRATE;
import static dev.siltstone.cost.Stage.LOG;
import static dev.siltstone.cost.Stage.PARSE;
import static dev.siltstone.cost.Stage.SEARCH;
import static dev.siltstone.cost.Stage.WRITE;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.json.AnswerSize;
import dev.siltstone.api.json.DeleteRequest;
import dev.siltstone.api.json.GetRequest;
import dev.siltstone.api.json.QueryRequest;
import dev.siltstone.api.json.RecordRow;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.api.json.SearchAnswer;
import dev.siltstone.cache.OpenSegment;
import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Generation;
import dev.siltstone.json.Json;
import dev.siltstone.query.search.RankExpression;
import dev.siltstone.query.search.SearchPayload;
import dev.siltstone.query.search.SearchReader;
import dev.siltstone.record.Embedding;
import dev.siltstone.segment.GraphPolicy;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import dev.siltstone.where.TextWork;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes about the records of one collection: get, query, search, count, delete, indexing
 * status.
 */
public final class RecordsApi {
  private static final Logger LOGGER = LoggerFactory.getLogger(RecordsApi.class);

  /** Answers carry the generation of the snapshot they were read from. */
  static final String SNAPSHOT = "x-siltstone-snapshot";

  /**
   * Answers to writes carry their freshness token; answers to reads the last one they have seen.
   */
  static final String TOKEN = "x-siltstone-token";

  /** Most queries of one request. */
  private static final int MAX_QUERIES = 10_000;

  private final CollectionSettings settings;
  private final CollectionViews views;
  private final RecordDeletion deletion;
  private final QueryTexts texts;
  private final SearchEngine engine;
  private final RecordsJson json;

  public RecordsApi(
      CollectionSettings settings,
      CollectionViews views,
      RecordDeletion deletion,
      QueryTexts texts,
      SearchEngine engine,
      RecordsJson json) {
    this.settings = settings;
    this.views = views;
    this.deletion = deletion;
    this.texts = texts;
    this.engine = engine;
    this.json = json;
  }

  /**
   * Answers a request on one of the routes of the records that the query function owns. Bodies are
   * read before collections are looked up, as clients expect of their errors. A read that meets
   * damage on this machine's disk is answered from files that were compared again.
   */
  public ApiResponse handle(RouteMatch match, ApiRequest request) {
    try {
      return answer(match, request);
    } catch (CorruptDataException e) {
      views.distrust(match.collectionId());
      if (match.route() == Route.DELETE_RECORDS) {
        throw e;
      }
      LOGGER.warn("collection {}: reading once more after damage", match.collectionId(), e);
      return answer(match, request);
    }
  }

  private ApiResponse answer(RouteMatch match, ApiRequest request) {
    return switch (match.route()) {
      case GET_RECORDS -> get(match, request);
      case QUERY -> query(match, request);
      case COUNT -> count(collection(match), request);
      case INDEXING_STATUS -> indexingStatus(collection(match), request);
      case DELETE_RECORDS -> delete(match, request);
      case SEARCH -> search(match, request);
      default -> throw new IllegalArgumentException("no route of records: " + match.route());
    };
  }

  private ApiResponse get(RouteMatch match, ApiRequest request) {
    GetRequest get = during(PARSE, () -> GetRequest.parse(request.jsonBody()));
    RecordFilter filter = RecordFilter.of(get.ids(), get.where(), get.whereDocument());
    AnswerSize size = json.size(request.room());
    long limit =
        Math.min(Objects.requireNonNullElse(get.limit(), Integer.MAX_VALUE), size.mostRecords());
    try (ReadView view = open(collection(match), request)) {
      List<RecordPlace> page =
          during(
              SEARCH,
              () ->
                  new RecordListing(
                          CandidateRows.of(
                              view.records(), filter.ids(), filter.where(), new TextWork()))
                      .page(get.offset(), limit));
      return during(
          HYDRATE, () -> answer(view, json.get(rows(view, page, get, size), get.include(), size)));
    }
  }

  private static List<RecordRow> rows(
      ReadView view, List<RecordPlace> page, GetRequest get, AnswerSize size) {
    Hydration hydration = new Hydration(view.records(), get.include());
    return page.stream().map(place -> size.with(hydration.row(place, 0), get.include())).toList();
  }

  private ApiResponse query(RouteMatch match, ApiRequest request) {
    QueryRequest query = during(PARSE, () -> QueryRequest.parse(request.jsonBody()));
    requireFew(query);
    RecordFilter filter = RecordFilter.of(query.ids(), query.where(), query.whereDocument());
    AnswerSize size = json.size(request.room());
    SoonCollection known = collection(match);
    try (ReadView view = open(known, request)) {
      List<Embedding> embeddings = during(EMBED, () -> texts.embeddings(query, view.head()));
      embeddings.forEach(embedding -> requireDimension(view, embedding));
      int ef = effort(request, known.get(), view);
      List<List<Hit>> found =
          during(SEARCH, () -> nearest(view, filter, embeddings, query.results(), ef));
      return during(
          HYDRATE,
          () -> answer(view, json.query(rows(view, found, query, size), query.include(), size)));
    }
  }

  private List<List<Hit>> nearest(
      ReadView view, RecordFilter filter, List<Embedding> queries, int results, int ef) {
    requireModest(view, queries.size(), results);
    CandidateRows rows =
        CandidateRows.of(view.records(), filter.ids(), filter.where(), new TextWork());
    CheckedSearch search = new CheckedSearch(rows, among -> new NearestSearch(engine, among, ef));
    return queries.stream().map(query -> search.nearest(query.toArray(), results)).toList();
  }

  private static List<List<RecordRow>> rows(
      ReadView view, List<List<Hit>> found, QueryRequest query, AnswerSize size) {
    Hydration hydration = new Hydration(view.records(), query.include());
    return found.stream()
        .map(hits ->
            hits.stream()
                .map(hit -> size.with(hydration.row(hit.place(), hit.distance()), query.include()))
                .toList())
        .toList();
  }

  private ApiResponse search(RouteMatch match, ApiRequest request) {
    List<SearchPayload> searches = during(PARSE, () -> SearchReader.read(request.jsonBody()));
    AnswerSize size = json.size(request.room());
    SoonCollection known = collection(match);
    try (ReadView view = open(known, request)) {
      searches.stream()
          .flatMap(search -> Stream.ofNullable(search.rank()))
          .flatMap(RankExpression::searches)
          .forEach(knn -> requireDimension(view, knn.query()));
      RecordSearch search =
          new RecordSearch(view.records(), engine, effort(request, known.get(), view), size);
      List<SearchAnswer> answers = during(SEARCH, () -> search.answers(searches));
      return during(HYDRATE, () -> answer(view, json.search(answers, size)));
    }
  }

  private int effort(ApiRequest request, Collection known, ReadView view) {
    return SearchEffort.of(request, settings.atLeast(known, view.head().settingsVersion()));
  }

  private ApiResponse count(SoonCollection collection, ApiRequest request) {
    try (ReadView view = open(collection, request)) {
      long count = view.records().liveRecords();
      return answer(view, Json.bytes(out -> out.writeNumber(count)));
    }
  }

  private ApiResponse indexingStatus(SoonCollection collection, ApiRequest request) {
    try (ReadView view = open(collection, request)) {
      long waiting = waitingForAGraph(view.records().base());
      long unindexed = view.records().operations() + waiting;
      long indexed = view.records().base().liveRecords() - waiting;
      long total = indexed + unindexed;
      return answer(
          view,
          Json.bytes(out -> {
            out.writeStartObject();
            out.writeNumberField(
                "op_indexing_progress", total == 0 ? 1.0 : (double) indexed / total);
            out.writeNumberField("num_unindexed_ops", unindexed);
            out.writeNumberField("num_indexed_ops", indexed);
            out.writeNumberField("total_ops", total);
            out.writeEndObject();
          }));
    }
  }

  /** Records that are folded and scanned, and so many that the next merge will link them. */
  private static long waitingForAGraph(OpenSnapshot base) {
    long scanned =
        base.segments().stream()
            .filter(open -> !open.reader().descriptor().graph())
            .mapToLong(OpenSegment::liveRows)
            .sum();
    return GraphPolicy.links(scanned) ? scanned : 0;
  }

  private ApiResponse delete(RouteMatch match, ApiRequest request) {
    if (request.header(ReadConsistency.AS_OF).isPresent()) {
      throw new InvalidRequestException(
          ReadConsistency.AS_OF + " is for reading; a snapshot never changes");
    }
    DeleteRequest delete = during(PARSE, () -> DeleteRequest.parse(request.jsonBody()));
    Collection collection = during(LOG, collection(match)::get);
    RecordDeletion.Deleted deleted = during(WRITE, () -> deletion.delete(collection, delete));
    ApiResponse response =
        ApiResponse.json(
            200,
            Json.bytes(out -> {
              out.writeStartObject();
              out.writeNumberField("deleted", deleted.count());
              out.writeEndObject();
            }));
    return deleted
        .token()
        .map(token -> response.withHeader(TOKEN, token.toString()))
        .orElse(response);
  }

  private ReadView open(SoonCollection collection, ApiRequest request) {
    return during(
        LOG,
        () ->
            ReadConsistency.asOf(request)
                .map(asOf -> views.openAsOf(collection.get(), asOf))
                .orElseGet(() -> views.open(collection, ReadConsistency.of(request))));
  }

  private static ApiResponse answer(ReadView view, byte[] body) {
    Generation generation =
        view.records().base().manifest().map(Manifest::generation).orElse(Generation.ZERO);
    return ApiResponse.json(200, body)
        .withHeader(SNAPSHOT, generation.toString())
        .withHeader(TOKEN, view.records().sequence().toString());
  }

  /** The collection, if it is where the path says: no path of one tenant reaches another's. */
  private SoonCollection collection(RouteMatch match) {
    CollectionId id = match.collectionId();
    return new SoonCollection(id, settings.soon(id).thenApply(found -> required(found, match)));
  }

  private static Collection required(Collection collection, RouteMatch match) {
    if (!collection.tenant().value().equals(match.tenant())
        || !collection.database().value().equals(match.database())) {
      throw new NotFoundException("Collection [%s] does not exist.".formatted(collection.id()));
    }
    return collection;
  }

  private static void requireFew(QueryRequest query) {
    if (query.size() > MAX_QUERIES) {
      throw ApiException.tooLarge(
          "%d queries are over the limit of %d: send several requests"
              .formatted(query.size(), MAX_QUERIES));
    }
  }

  /** All that is found is held until the answer is written. */
  private static void requireModest(ReadView view, int queries, int results) {
    long found = queries * Math.min(results, view.records().liveRecords());
    if (found > SearchWork.MAX_FOUND) {
      throw ApiException.tooLarge(
          "%d queries would find %d records; the limit is %d: send fewer queries, or ask for fewer"
                  .formatted(queries, found, SearchWork.MAX_FOUND)
              + " results of each");
    }
  }

  private static void requireDimension(ReadView view, Embedding embedding) {
    int expected = view.head().dimension();
    if (expected != 0 && embedding.dimension() != expected) {
      throw new InvalidRequestException(
          "Collection expecting embedding with dimension of %d, got %d"
              .formatted(expected, embedding.dimension()));
    }
  }
}
