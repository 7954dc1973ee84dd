package dev.siltstone.hnsw;

import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.failure.CorruptDataException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a {@link GraphFile} nearest to a query: through the graph, or by an exact scan
 * where that costs less (few rows admitted, or no links). Reusable, allocates nothing per query,
 * belongs to one thread and must not be used after the file is closed.
 */
public final class RowSearch {
  private final GraphFile file;
  private final DistanceKernel kernel;
  private final QueryScorer query;
  private final ExactScan scan;
  private final @Nullable GraphWalk walk;
  private final Shortlist found;
  private final TopK wide = new TopK(0);

  public RowSearch(GraphFile file, DistanceKernel kernel) {
    this.file = file;
    this.kernel = kernel;
    this.query = new QueryScorer(kernel, file.vectors());
    this.scan = new ExactScan(query);
    this.found = new Shortlist(query);
    this.walk = file.hasLinks() ? new GraphWalk(file.links(), query) : null;
  }

  /**
   * Offers the nearest admitted rows to {@code into}, at most as many as it has room for.
   *
   * <p>Vectors and links are read as they are. Damaged ones may hide rows or put them in a wrong
   * place; a search ends all the same, and finds only rows that exist.
   *
   * @param values the query, of the file's dimension
   * @param ef the paper's ef: more finds more of the nearest, for more time; at least the room of
   *     {@code into} is used, at most all rows
   * @throws CorruptDataException if a link leads to a row that does not exist
   */
  public void nearest(float[] values, RowFilter filter, int ef, TopK into) {
    query.prepare(values);
    int beam = Math.min(Math.max(ef, into.limit()), file.size());
    int admitted = filter.count(file.size());
    if (walk == null || SearchCost.scanIsCheaper(admitted, beam, file.size())) {
      filter.scan(scan, into);
    } else {
      walk(walk, filter, admitted == file.size(), beam, into);
    }
  }

  private void walk(GraphWalk graph, RowFilter filter, boolean all, int beam, TopK into) {
    found.begin(into);
    try {
      int entry = graph.descend(file.header().entryRow(), file.header().topLevel(), 0);
      if (all) {
        graph.explore(entry, beam, found);
      } else {
        wide.reset(beam);
        graph.exploreAdmitted(entry, filter.admitted(file.size()), wide, found);
      }
      if (found.highestRow() >= file.size()) {
        throw damaged(null);
      }
      found.settle();
    } catch (IndexOutOfBoundsException e) {
      throw damaged(e);
    }
  }

  boolean uses(DistanceKernel other) {
    return kernel == other;
  }

  /** The file was right when it was opened; links to rows that do not exist came later. */
  private CorruptDataException damaged(@Nullable Throwable cause) {
    return new CorruptDataException(
        "a graph of %d rows leads out of them".formatted(file.size()), cause);
  }
}
