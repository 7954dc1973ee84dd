package dev.siltstone.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What writers and readers of one log were told, in the order in which it happened, and whether one
 * order of all writes explains it.
 */
final class LogHistory {
  /** One call of a writer; a write may go through several delta ids, and stands in the log once. */
  static final class Write {
    private final Set<Write> ackedBefore;
    private boolean refused;

    private Write(Set<Write> ackedBefore) {
      this.ackedBefore = ackedBefore;
    }
  }

  private record Read(Set<Write> ackedBefore, List<DeltaId> seen) {}

  private record Decision(DeltaId id, List<DeltaId> seen) {}

  private final Map<DeltaId, Write> writes = new HashMap<>();
  private final Map<Write, Sequence> acked = new HashMap<>();
  private final List<Write> all = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();

  Write begin() {
    Write write = new Write(ackedNow());
    all.add(write);
    return write;
  }

  void uses(Write write, DeltaId id) {
    writes.put(id, write);
  }

  void decidedOn(DeltaId id, List<DeltaId> seen) {
    decisions.add(new Decision(id, List.copyOf(seen)));
  }

  void acked(Write write, Sequence place) {
    acked.put(write, place);
  }

  /** The writer was told that this is certainly not committed. */
  void refused(Write write) {
    write.refused = true;
  }

  Set<Write> ackedNow() {
    return Set.copyOf(acked.keySet());
  }

  void read(Set<Write> ackedBefore, List<DeltaId> seen) {
    reads.add(new Read(ackedBefore, List.copyOf(seen)));
  }

  int ackedWrites() {
    return acked.size();
  }

  /**
   * Fails unless {@code order} explains everything.
   *
   * @param order what stands in the log in the end
   * @param places where it stands
   */
  void check(List<DeltaId> order, List<Sequence> places) {
    Map<Write, Integer> positions = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      Write write = Objects.requireNonNull(writes.get(order.get(i)), "nobody wrote it");
      assertThat(positions.put(write, i)).as("%s stands twice", order.get(i)).isNull();
      assertThat(write.refused).as("%s was refused and stands", order.get(i)).isFalse();
    }
    acked.forEach((write, place) ->
        assertThat(positions)
            .as("acknowledged %s", place)
            .containsEntry(write, places.indexOf(place)));
    checkRealTime(positions);
    reads.forEach(read -> checkRead(read, order, positions));
    decisions.forEach(decision -> checkDecision(decision, order));
  }

  private void checkRealTime(Map<Write, Integer> positions) {
    for (Write write : all) {
      Integer position = positions.get(write);
      if (position != null) {
        for (Write earlier : write.ackedBefore) {
          assertThat(positions.get(earlier)).as("order against real time").isLessThan(position);
        }
      }
    }
  }

  private static void checkRead(Read read, List<DeltaId> order, Map<Write, Integer> positions) {
    assertThat(read.seen()).as("a read").isEqualTo(prefix(order, read.seen().size()));
    for (Write acked : read.ackedBefore()) {
      assertThat(positions.get(acked)).as("a strong read misses").isLessThan(read.seen().size());
    }
  }

  private static void checkDecision(Decision decision, List<DeltaId> order) {
    int position = order.indexOf(decision.id());
    if (position >= 0) {
      assertThat(decision.seen()).as("decided on").isEqualTo(prefix(order, position));
    }
  }

  private static List<DeltaId> prefix(List<DeltaId> order, int length) {
    return order.subList(0, Math.min(length, order.size()));
  }
}
