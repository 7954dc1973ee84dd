package dev.siltstone.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentChecksumTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  @Test
  void addsAndSubtractsModuloTwoToThe128() {
    Random random = new Random(1);
    for (int round = 0; round < 10_000; round++) {
      ContentChecksum sum = new ContentChecksum(edgy(random), edgy(random));
      RecordChecksum one = new RecordChecksum(edgy(random), edgy(random));
      assertThat(number(sum.plus(one).toString()))
          .isEqualTo(number(sum.toString()).add(number(one.toString())).mod(MODULUS));
      assertThat(sum.plus(one).minus(one)).isEqualTo(sum);
      assertThat(sum.minus(one).plus(one)).isEqualTo(sum);
      assertThat(sum.plus(new ContentChecksum(one.high(), one.low()))).isEqualTo(sum.plus(one));
    }
  }

  private static long edgy(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> -1;
      default -> random.nextLong();
    };
  }

  private static BigInteger number(String hex) {
    return new BigInteger(hex, 16);
  }

  @Test
  void readsItsTextBack() {
    ContentChecksum checksum = new ContentChecksum(-1, 0x0123);
    assertThat(checksum).hasToString("ffffffffffffffff0000000000000123");
    assertThat(ContentChecksum.parse(checksum.toString())).isEqualTo(checksum);
    assertThat(ContentChecksum.parse("0".repeat(32))).isEqualTo(ContentChecksum.EMPTY);
    for (String wrong :
        List.of("", "0".repeat(31), "0".repeat(33), "F".repeat(32), "-".repeat(32))) {
      assertThatThrownBy(() -> ContentChecksum.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
