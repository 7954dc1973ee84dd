package dev.siltstone.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaringbitmap.RoaringBitmap;

/** A file changes while it is mapped, after all its bytes were compared with their checksum. */
class DamagedGraphTest {
  /** No multiple of 64, so that sets of rows have bits of rows that do not exist. */
  private static final int ROWS = 1_001;

  private static final int DIMENSION = 8;
  private static final int EF = 16;
  private static final int K = 10;

  @TempDir Path folder;

  private final Embedding[] vectors = TestVectors.clustered(1, ROWS, DIMENSION);

  private GraphFile graph(Space space) throws IOException {
    Path path = path();
    Files.deleteIfExists(path);
    return TestVectors.graph(path, space, new GraphParameters(8, 40, 1, 1), vectors);
  }

  @Test
  void aLinkToNowhereIsCalledDamage() throws IOException {
    for (int nowhere : new int[] {1_024, 1 << 20, 1 << 30, -2, 1 << 31}) {
      try (GraphFile file = graph(Space.COSINE)) {
        byte[] bytes = Files.readAllBytes(path());
        for (int row = 0; row < ROWS; row++) {
          put(bytes, file.header().layout().places().node(row), nowhere);
        }
        overwrite(bytes);
        assertThat(searches(file, 1)).as("link to %d", nowhere).isZero();
      }
    }
  }

  @Test
  void noRowBehindTheLastIsFound() throws IOException {
    for (int behind : new int[] {ROWS, ROWS + 1, 1_023}) {
      for (Space space : Space.values()) {
        try (GraphFile file = graph(space)) {
          byte[] bytes = Files.readAllBytes(path());
          for (int row = 0; row < ROWS; row++) {
            put(bytes, file.header().layout().places().node(row), behind);
          }
          overwrite(bytes);
          searches(file, 20);
        }
      }
    }
  }

  /** What is written over the file's integers. */
  enum Damage {
    ANYTHING(any -> any),
    A_BIT(any -> 1 << (any & 31)),
    ANY_ROW(any -> Math.floorMod(any, ROWS)),
    NEARBY_ROWS(any -> ROWS - 32 + (any & 63)),
    NOT_A_NUMBER(_ -> Float.floatToIntBits(Float.NaN)),
    HUGE(_ -> Float.floatToIntBits(Float.MAX_VALUE)),
    INFINITE(any -> Float.floatToIntBits((any & 1) == 0 ? Float.NEGATIVE_INFINITY : 1f / 0)),
    ZERO(_ -> 0);

    private final IntUnaryOperator bits;

    Damage(IntUnaryOperator bits) {
      this.bits = bits;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSearchEndsAndFindsRowsThatExistOrCallsItDamage(Damage damage) throws IOException {
    Random random = new Random(damage.ordinal());
    int answered = 0;
    for (Space space : Space.values()) {
      try (GraphFile file = graph(space)) {
        byte[] sound = Files.readAllBytes(path());
        for (int share : new int[] {1_000, 100, 10, 1}) {
          byte[] bytes = sound.clone();
          GraphLayout layout = file.header().layout();
          int places = (int) (layout.footerOffset() - GraphLayout.HEADER_BYTES) / Integer.BYTES;
          for (int i = 0; i < places / share; i++) {
            long at = GraphLayout.HEADER_BYTES + (long) Integer.BYTES * random.nextInt(places);
            put(bytes, at, damage.bits.applyAsInt(random.nextInt()));
          }
          overwrite(bytes);
          answered += searches(file, 10);
        }
      }
    }
    assertThat(answered).as("some searches meet none of it").isPositive();
  }

  /** How many searches were answered, with and without a filter. */
  private int searches(GraphFile file, int count) {
    int answered = 0;
    RoaringBitmap deleted = TestVectors.sample(new Random(2), ROWS, 0.3);
    for (Embedding query : TestVectors.clustered(3, count, DIMENSION)) {
      for (RowFilter filter : new RowFilter[] {RowFilter.all(), RowFilter.except(deleted)}) {
        TopK nearest = new TopK(K);
        try {
          file.nearest(KernelChoice.ofThisJvm().kernel(), query.toArray(), filter, EF, nearest);
        } catch (CorruptDataException expected) {
          continue;
        }
        answered++;
        int[] rows = nearest.toNeighbors().rows();
        assertThat(rows).hasSizeLessThanOrEqualTo(K).doesNotHaveDuplicates();
        assertThat(Arrays.stream(rows)).allMatch(row -> row >= 0 && row < ROWS);
      }
    }
    return answered;
  }

  private static void put(byte[] bytes, long at, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt((int) at, value);
  }

  private Path path() {
    return folder.resolve("graph");
  }

  /** The same file, which is mapped. */
  private void overwrite(byte[] bytes) throws IOException {
    Files.write(path(), bytes, StandardOpenOption.WRITE);
  }
}
