package dev.siltstone.segment.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowCodeTest {
  @Test
  void givesBackAnyListInFewBits() {
    for (long seed = 1; seed <= 2_000; seed++) {
      Random random = new Random(seed);
      int rows = 2 + random.nextInt(random.nextInt(5) == 0 ? 1_000_000 : 300);
      int[] list = list(random, rows);
      byte[] bytes = encoded(list, rows);
      assertThat(RowCode.decode(bytes, list.length, rows)).as("seed %d", seed).isEqualTo(list);
      double bits = (bytes.length - RowCode.PADDING - 1) * 8.0 / list.length;
      assertThat(bits)
          .as("seed %d, %d of %d rows", seed, list.length, rows)
          .isLessThan(RowCode.lowBits(list.length, rows) + 3.9);
    }
  }

  @Test
  void holdsTheFirstAndLastOfVeryManyRows() {
    int[] list = {0, 1, Integer.MAX_VALUE - 1};
    assertThat(RowCode.decode(encoded(list, Integer.MAX_VALUE), 3, Integer.MAX_VALUE))
        .isEqualTo(list);
  }

  @Test
  void refusesWhatIsNoList() {
    assertThatThrownBy(() -> RowCode.decode(new byte[4 + RowCode.PADDING], 2, 100))
        .isInstanceOf(CorruptDataException.class);
    byte[] cut = Arrays.copyOf(encoded(IntStream.range(0, 50).toArray(), 50), 2 + RowCode.PADDING);
    Arrays.fill(cut, 2, cut.length, (byte) 0);
    assertThatThrownBy(() -> RowCode.decode(cut, 50, 50)).isInstanceOf(CorruptDataException.class);
  }

  private static int[] list(Random random, int rows) {
    BitSet chosen = new BitSet();
    double share = Math.pow(random.nextDouble(), 3);
    int clusterEnd = random.nextBoolean() ? rows : 1 + rows / 50;
    for (int row = 0; row < clusterEnd; row++) {
      chosen.set(row, random.nextDouble() < share);
    }
    chosen.set(random.nextInt(rows));
    return chosen.stream().toArray();
  }

  private static byte[] encoded(int[] list, int rows) {
    RowCode.Encoder encoder = new RowCode.Encoder();
    int length = encoder.encode(list, 0, list.length, rows);
    byte[] bytes = new byte[length + RowCode.PADDING];
    System.arraycopy(encoder.bytes(), 0, bytes, 0, length);
    return bytes;
  }
}
