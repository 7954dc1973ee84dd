package dev.siltstone.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class DeletedRowsTest {
  private static final DeletedRows SOME = DeletedRows.of(RoaringBitmap.bitmapOf(1, 5, 70_000));

  @Test
  void givesBackItsRows() {
    assertThat(DeletedRows.decode(SOME.encode())).isEqualTo(SOME);
    assertThat(DeletedRows.decode(DeletedRows.NONE.encode())).isEqualTo(DeletedRows.NONE);
    RoaringBitmap many = new RoaringBitmap();
    many.add(1_000L, 50_000L);
    assertThat(DeletedRows.decode(DeletedRows.of(many).encode()).count()).isEqualTo(49_000);
    assertThat(DeletedRows.of(many).encode()).as("runs are short").hasSizeLessThan(60);
  }

  @Test
  void growsWithoutChanging() {
    DeletedRows more = SOME.plus(RoaringBitmap.bitmapOf(2, 5));
    assertThat(more.toBitmap()).isEqualTo(RoaringBitmap.bitmapOf(1, 2, 5, 70_000));
    assertThat(SOME.count()).isEqualTo(3);
    SOME.toBitmap().add(9);
    assertThat(SOME.contains(9)).isFalse();
  }

  @Test
  void namesTheRowsThatAreLeft() {
    RoaringBitmap live = SOME.liveOf(100_000);
    assertThat(live.getCardinality()).isEqualTo(99_997);
    assertThat(live.contains(5)).isFalse();
    assertThat(live.contains(99_999)).isTrue();
    assertThat(live.contains(100_000)).isFalse();
    RoaringBitmap found = RoaringBitmap.bitmapOf(0, 1, 2);
    SOME.removeFrom(found);
    assertThat(found).isEqualTo(RoaringBitmap.bitmapOf(0, 2));
  }

  @Test
  void noticesEveryFlippedByteAndEveryTruncation() {
    byte[] whole = SOME.encode();
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      assertThatThrownBy(() -> DeletedRows.decode(damaged))
          .as("byte %d", at)
          .isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class);
      byte[] truncated = Arrays.copyOf(whole, at);
      assertThatThrownBy(() -> DeletedRows.decode(truncated))
          .as("length %d", at)
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void tellsANewerVersionFromDamage() {
    byte[] newer = SOME.encode();
    newer[8] = 2;
    assertThatThrownBy(() -> DeletedRows.decode(newer))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("version 2");
  }
}
