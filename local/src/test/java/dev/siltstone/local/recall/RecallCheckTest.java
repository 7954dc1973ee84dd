package dev.siltstone.local.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.hnsw.GraphLayout;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.operations.PeerIndex;
import dev.siltstone.operations.Recall;
import dev.siltstone.operations.RecallCheck;
import dev.siltstone.operations.RecallPlan;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaringbitmap.RoaringBitmap;

class RecallCheckTest {
  private static final int ROWS = 6_000;
  private static final int DIMENSION = 16;
  private static final long SEED = 7;
  private static final HnswParameters PARAMETERS = HnswParameters.DEFAULT;
  private static final int NO_LINK = -1;
  private static final PeerIndex PEER = new HnswlibCore();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aSoundIndexAndAnIndependentOneFindTheSame(Space space) throws IOException {
    SegmentDescriptor segment = written(space);
    Recall recall = measured(segment, DeletedRows.NONE, PEER);
    assertThat(recall.own()).isGreaterThan(0.95);
    assertThat(recall.peers()).isGreaterThan(0.95);
    assertThat(recall.agreement()).isGreaterThan(0.95);
    assertThat(recall.records()).isEqualTo(ROWS);
    assertThat(recall.sampled()).isEqualTo(ROWS);
  }

  @Test
  void damagedEdgesLowerWhatTheIndexFindsAndTheAgreement() throws IOException {
    SegmentDescriptor segment = written(Space.L2);
    cutEdges(folder.resolve(SegmentFile.GRAPH), segment);
    Recall recall = measured(segment, DeletedRows.NONE, PEER);
    assertThat(recall.own()).isLessThan(0.8);
    assertThat(recall.agreement()).isLessThan(0.8);
    assertThat(recall.peers()).isGreaterThan(0.95);
    assertThat(measured(segment, DeletedRows.NONE, PEER)).isEqualTo(recall);
  }

  @Test
  void anIndexThatReturnsWrongRowsLowersTheAgreement() throws IOException {
    PeerIndex wrong =
        new PeerIndex() {
          @Override
          public String name() {
            return "wrong";
          }

          @Override
          public int[][] nearest(
              Space space, float[][] vectors, float[][] queries, int k, HnswParameters parameters) {
            int[][] found = PEER.nearest(space, vectors, queries, k, parameters);
            for (int[] rows : found) {
              rows[0] = (rows[0] + ROWS / 2) % vectors.length;
              rows[1] = (rows[1] + ROWS / 2) % vectors.length;
            }
            return found;
          }
        };
    Recall recall = measured(written(Space.L2), DeletedRows.NONE, wrong);
    assertThat(recall.own()).isGreaterThan(0.95);
    assertThat(recall.peers()).isLessThan(0.85);
    assertThat(recall.agreement()).isLessThan(0.85);
  }

  @Test
  void rowsThatASnapshotDoesNotShowAreNeitherSampledNorFound() throws IOException {
    RoaringBitmap gone = RoaringBitmap.bitmapOfRange(0, ROWS / 3);
    Recall recall = measured(written(Space.L2), DeletedRows.of(gone), PEER);
    assertThat(recall.records()).isEqualTo(ROWS - ROWS / 3);
    assertThat(recall.sampled()).isEqualTo(ROWS - ROWS / 3);
    assertThat(recall.own()).isGreaterThan(0.95);
    assertThat(recall.agreement()).isGreaterThan(0.95);
  }

  private Recall measured(SegmentDescriptor segment, DeletedRows deleted, PeerIndex peer) {
    try (SegmentReader reader = SegmentReader.open(segment, file -> folder.resolve(file.name()))) {
      RecallPlan plan = new RecallPlan(peer, PARAMETERS, SEED);
      return new RecallCheck(List.of(new OpenSegment(reader, deleted)), plan).run();
    }
  }

  /** Leaves every row two of its links. */
  private static void cutEdges(Path graph, SegmentDescriptor segment) throws IOException {
    int places = 2 * PARAMETERS.maxNeighbors();
    GraphLayout layout =
        new GraphLayout(
            segment.space(), segment.dimension(), segment.rows(), PARAMETERS.maxNeighbors(), 0);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(graph)).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < segment.rows(); row++) {
      int links = (int) layout.places().node(row);
      for (int place = 2; place < places; place++) {
        bytes.putInt(links + place * Integer.BYTES, NO_LINK);
      }
    }
    Files.write(graph, bytes.array());
  }

  private SegmentDescriptor written(Space space) {
    Random random = new Random(SEED);
    GraphParameters graph =
        new GraphParameters(PARAMETERS.maxNeighbors(), PARAMETERS.efConstruction(), 1, SEED);
    SegmentId id = new SegmentId(new UUID(1, 1));
    try (SegmentWriter writer =
        new SegmentWriter(folder, id, new Epoch(1), space, DIMENSION, graph)) {
      for (int row = 0; row < ROWS; row++) {
        float[] values = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          values[d] = (float) random.nextGaussian();
        }
        writer.add(
            new StoredRecord(
                new RecordId("r" + row),
                new OrderKey(1, row),
                Embedding.owning(values),
                null,
                null,
                Metadata.NONE));
      }
      return writer.finish();
    }
  }
}
