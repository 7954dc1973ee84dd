package dev.siltstone.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TableLayoutTest {
  private static final long SEED = 20261120;
  private static final CollectionId C = CollectionId.parse("0193468e-7d00-7abc-8def-0123456789ab");

  @Test
  void leadsEveryKeyOfTheLogWithItsKindAndCollection() {
    assertThat(pk(TableLayout.head(C))).isEqualTo("HEAD#" + C);
    assertThat(pk(TableLayout.tip(C))).isEqualTo("TIP#" + C);
    assertThat(pk(TableLayout.lock(C))).isEqualTo("LOCK#" + C);
    assertThat(TableLayout.place(C, new Sequence(42)))
        .isEqualTo(Item.of("pk", "LOG#" + C).with("sk", 42));
    assertThat(TableLayout.head(C).number("sk")).isZero();
    assertThat(TableLayout.collectionOfHead("HEAD#" + C)).isEqualTo(C);
  }

  @Test
  void givesDifferentNamesDifferentKeys() {
    String hash = pk(TableLayout.tenant("t".repeat(300))).substring("CAT#TENANT#".length());

    assertThat(pk(TableLayout.tenant(hash))).as("a tenant named like a hash").doesNotEndWith(hash);
    assertThat(pk(TableLayout.tenant("t".repeat(300))))
        .isNotEqualTo(pk(TableLayout.tenant("t".repeat(301))));
  }

  @Test
  void keepsTheLongestNamesWithinWhatAKeyHolds() {
    String tenant = "€".repeat(512);
    String name = "n".repeat(512);

    assertThat(pk(TableLayout.collectionName(tenant, name, name)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2048);
    assertThat(pk(TableLayout.tenant(tenant)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2048);
  }

  @Test
  void ordersIdsAsNumbersThatDynamoDbHolds() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<CollectionId> ids = new ArrayList<>();
    ids.add(new CollectionId(new UUID(0, Long.MIN_VALUE)));
    ids.add(new CollectionId(new UUID(-1L, -1L >>> 2 | Long.MIN_VALUE)));
    for (int i = 0; i < 1000; i++) {
      ids.add(new CollectionId(rfc(random.nextLong(), random.nextLong())));
    }
    ids.sort(null);

    for (int i = 1; i < ids.size(); i++) {
      BigInteger lower = TableLayout.order(ids.get(i - 1));
      assertThat(lower).as("seed %d", SEED).isLessThan(TableLayout.order(ids.get(i)));
    }
    assertThat(TableLayout.order(ids.getLast()).toString()).hasSizeLessThanOrEqualTo(38);
    assertThat(TableLayout.order(ids.getFirst())).isZero();
  }

  @Test
  void refusesIdsThatWouldShareANumber() {
    CollectionId notOfTheRfc = new CollectionId(new UUID(1, 1));

    assertThatThrownBy(() -> TableLayout.order(notOfTheRfc))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(notOfTheRfc.toString());
  }

  private static UUID rfc(long high, long low) {
    return new UUID(high, low >>> 2 | Long.MIN_VALUE);
  }

  private static String pk(Item item) {
    return item.text("pk");
  }
}
