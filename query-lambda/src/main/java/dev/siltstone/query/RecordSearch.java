package dev.siltstone.query;

import dev.siltstone.api.json.AnswerSize;
import dev.siltstone.api.json.IncludeList;
import dev.siltstone.api.json.IncludeList.Include;
import dev.siltstone.api.json.RecordRow;
import dev.siltstone.api.json.SearchAnswer;
import dev.siltstone.api.json.SearchAnswer.Column;
import dev.siltstone.query.search.Grouping;
import dev.siltstone.query.search.RankExpression;
import dev.siltstone.query.search.RankExpression.Knn;
import dev.siltstone.query.search.Scores;
import dev.siltstone.query.search.SearchKey;
import dev.siltstone.query.search.SearchKey.Part;
import dev.siltstone.query.search.SearchPayload;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailView;
import dev.siltstone.where.TextWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Answers the searches of a request on one view: candidates, scores, groups, page, and only then
 * the parts that are selected. The lowest score is the best; ties go to the record inserted first.
 * What all of them find, compute and answer is bounded together.
 */
final class RecordSearch {
  private final TailView view;
  private final SearchEngine engine;
  private final int ef;
  private final AnswerSize size;
  private final TextWork texts = new TextWork();
  private final SearchWork work = new SearchWork();

  RecordSearch(TailView view, SearchEngine engine, int ef, AnswerSize size) {
    this.view = view;
    this.engine = engine;
    this.ef = ef;
    this.size = size;
  }

  private record Scored(RecordPlace place, float score) implements Grouping.Scored {}

  /**
   * One answer for each search.
   *
   * @throws dev.siltstone.api.ApiException with status 413 if they find, compute or answer too much
   */
  List<SearchAnswer> answers(List<SearchPayload> searches) {
    searches.stream()
        .flatMap(search -> Stream.ofNullable(search.rank()))
        .forEach(rank -> work.rank(rank, view.liveRecords()));
    return searches.stream().map(this::answer).toList();
  }

  private SearchAnswer answer(SearchPayload search) {
    CandidateRows rows = CandidateRows.of(view, search.ids(), search.where(), texts);
    RankExpression rank = search.rank();
    List<Scored> page = rank == null ? listed(rows, search) : page(ranked(rows, rank), search);
    IncludeList include = include(search);
    Hydration hydration = new Hydration(view, include);
    return new SearchAnswer(
        page.stream()
            .map(found -> selected(search, hydration.row(found.place(), found.score())))
            .map(row -> size.with(row, include))
            .toList(),
        columns(search),
        search.select().stream().map(SearchKey::wireName).toList());
  }

  private List<Scored> listed(CandidateRows rows, SearchPayload search) {
    long limit = Objects.requireNonNullElse(search.limit(), Integer.MAX_VALUE);
    List<RecordPlace> page =
        new RecordListing(rows).page(search.offset(), Math.min(limit, size.mostRecords()));
    work.find(page.size());
    return page.stream().map(place -> new Scored(place, Float.NaN)).toList();
  }

  private List<Scored> ranked(CandidateRows rows, RankExpression rank) {
    CheckedSearch nearest = new CheckedSearch(rows, among -> new NearestSearch(engine, among, ef));
    List<Scored> scored = new ArrayList<>();
    Scores.of(rank, (Knn knn) -> near(nearest, knn))
        .byRecord()
        .forEach((place, score) -> scored.add(new Scored(place, score)));
    scored.sort((left, right) -> {
      int byScore = Float.compare(left.score(), right.score());
      return byScore != 0 ? byScore : view.order(left.place()).compareTo(view.order(right.place()));
    });
    return scored;
  }

  private static List<Scores.Near<RecordPlace>> near(CheckedSearch search, Knn knn) {
    return search.nearest(knn.query().toArray(), knn.limit()).stream()
        .map(hit -> new Scores.Near<>(hit.place(), hit.distance()))
        .toList();
  }

  private List<Scored> page(List<Scored> ranked, SearchPayload search) {
    Grouping grouping = search.grouping();
    List<Scored> kept =
        grouping == null ? ranked : grouping.thin(ranked, found -> metadata(found.place()));
    Integer limit = search.limit();
    return kept.stream()
        .skip(search.offset())
        .limit(limit == null ? Long.MAX_VALUE : limit)
        .toList();
  }

  private Metadata metadata(RecordPlace place) {
    IncludeList metadata = new IncludeList(List.of(Include.METADATAS));
    return new Hydration(view, metadata).row(place, 0).metadata();
  }

  private static IncludeList include(SearchPayload search) {
    List<Include> include = new ArrayList<>();
    if (search.selects(Part.DOCUMENT)) {
      include.add(Include.DOCUMENTS);
    }
    if (search.selects(Part.EMBEDDING)) {
      include.add(Include.EMBEDDINGS);
    }
    if (search.selectsMetadata()) {
      include.add(Include.METADATAS);
    }
    return new IncludeList(include);
  }

  private static List<Column> columns(SearchPayload search) {
    List<Column> columns = new ArrayList<>();
    if (search.selects(Part.DOCUMENT)) {
      columns.add(Column.DOCUMENTS);
    }
    if (search.selects(Part.EMBEDDING)) {
      columns.add(Column.EMBEDDINGS);
    }
    if (search.selectsMetadata()) {
      columns.add(Column.METADATAS);
    }
    if (search.selects(Part.SCORE)) {
      columns.add(Column.SCORES);
    }
    return columns;
  }

  private static RecordRow selected(SearchPayload search, RecordRow row) {
    if (search.selects(Part.METADATA) || !search.selectsMetadata()) {
      return row;
    }
    TreeMap<String, MetadataValue> fields = new TreeMap<>(row.metadata().values());
    fields.keySet().retainAll(Set.copyOf(search.fields()));
    return new RecordRow(
        row.id(), row.embedding(), row.document(), row.uri(), Metadata.of(fields), row.distance());
  }
}
