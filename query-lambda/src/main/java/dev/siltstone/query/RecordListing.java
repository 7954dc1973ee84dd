package dev.siltstone.query;

import dev.siltstone.cache.RowAddress;
import dev.siltstone.record.OrderKey;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailRow;
import dev.siltstone.tail.TailView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;

/**
 * Candidate rows in insertion order. Rows of a segment are in that order already, so segments and
 * the sorted tail are merged like runs. Open candidates are looked at one after another until the
 * page is full.
 */
final class RecordListing {
  private final CandidateRows candidates;

  RecordListing(CandidateRows candidates) {
    this.candidates = candidates;
  }

  /** Up to {@code limit} places, after the first {@code offset}. */
  List<RecordPlace> page(long offset, long limit) {
    PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing(Run::order));
    for (int i = 0; i < candidates.view().base().segments().size(); i++) {
      addIfAny(runs, segmentRun(i));
    }
    addIfAny(runs, tailRun());
    List<RecordPlace> page = new ArrayList<>();
    long seen = 0;
    while (!runs.isEmpty() && page.size() < limit) {
      Run first = runs.remove();
      if (candidates.allows(first.place()) && seen++ >= offset) {
        page.add(first.place());
      }
      addIfAny(runs, first);
    }
    return page;
  }

  private static void addIfAny(PriorityQueue<Run> runs, Run run) {
    if (run.advance()) {
      runs.add(run);
    }
  }

  private Run segmentRun(int segment) {
    SegmentReader reader = candidates.view().base().segments().get(segment).reader();
    PeekableIntIterator rows = candidates.rows(segment).getIntIterator();
    return new Run(() -> {
      if (!rows.hasNext()) {
        return null;
      }
      int row = rows.next();
      return new Placed(
          reader.order(row), new RecordPlace.InSnapshot(new RowAddress(segment, row)));
    });
  }

  private Run tailRun() {
    TailView view = candidates.view();
    Iterator<TailRow> rows =
        candidates.tailRows().stream()
            .mapToObj(view::row)
            .sorted(Comparator.comparing(row -> row.record().order()))
            .iterator();
    return new Run(() -> {
      if (!rows.hasNext()) {
        return null;
      }
      TailRow row = rows.next();
      return new Placed(row.record().order(), new RecordPlace.InTail(row));
    });
  }

  private record Placed(OrderKey order, RecordPlace place) {}

  /** One sorted source and where it stands. */
  private static final class Run {
    private final Supplier<@Nullable Placed> source;
    private @Nullable Placed current;

    private Run(Supplier<@Nullable Placed> source) {
      this.source = source;
    }

    private boolean advance() {
      current = source.get();
      return current != null;
    }

    private OrderKey order() {
      return now().order();
    }

    private RecordPlace place() {
      return now().place();
    }

    private Placed now() {
      Placed here = current;
      if (here == null) {
        throw new IllegalStateException("a run that is not at a row");
      }
      return here;
    }
  }
}
