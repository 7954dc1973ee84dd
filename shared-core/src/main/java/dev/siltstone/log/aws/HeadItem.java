package dev.siltstone.log.aws;

import static dev.siltstone.aws.TableLayout.DIMENSION;
import static dev.siltstone.aws.TableLayout.EMBEDDING_FUNCTION;
import static dev.siltstone.aws.TableLayout.FOLDED;
import static dev.siltstone.aws.TableLayout.FOLDED_HINT;
import static dev.siltstone.aws.TableLayout.GENERATION;
import static dev.siltstone.aws.TableLayout.MANIFEST;
import static dev.siltstone.aws.TableLayout.NEXT_SEQUENCE;
import static dev.siltstone.aws.TableLayout.ORPHAN_HORIZON;
import static dev.siltstone.aws.TableLayout.SETTINGS_VERSION;

import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Head;
import dev.siltstone.log.Tip;
import dev.siltstone.storage.ObjectKey;
import org.jspecify.annotations.Nullable;

/** {@code HEAD#} and {@code TIP#} items to and from what they mean. */
final class HeadItem {
  private HeadItem() {}

  static Head head(Item item) {
    @Nullable String horizon = item.textOrNull(ORPHAN_HORIZON);
    return new Head(
        new Sequence(item.number(NEXT_SEQUENCE) - 1),
        Math.toIntExact(item.numberOr(DIMENSION, 0)),
        item.textOrNull(EMBEDDING_FUNCTION),
        horizon == null ? null : DeltaId.parse(horizon),
        new Sequence(item.number(FOLDED_HINT)),
        item.number(SETTINGS_VERSION));
  }

  static Tip tip(Item item) {
    return new Tip(
        new Generation(item.number(GENERATION)),
        new Sequence(item.number(FOLDED)),
        new ObjectKey(item.text(MANIFEST)));
  }

  static Item tip(CollectionId collection, Tip tip) {
    return TableLayout.tip(collection)
        .with(GENERATION, tip.generation().value())
        .with(FOLDED, tip.folded().value())
        .with(MANIFEST, tip.manifest() == null ? null : tip.manifest().value());
  }
}
