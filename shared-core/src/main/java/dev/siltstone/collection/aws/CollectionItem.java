package dev.siltstone.collection.aws;

import static dev.siltstone.aws.TableLayout.CLIENT_FUNCTION;
import static dev.siltstone.aws.TableLayout.DATABASE;
import static dev.siltstone.aws.TableLayout.HNSW;
import static dev.siltstone.aws.TableLayout.ID;
import static dev.siltstone.aws.TableLayout.METADATA;
import static dev.siltstone.aws.TableLayout.NAME;
import static dev.siltstone.aws.TableLayout.ORDINAL;
import static dev.siltstone.aws.TableLayout.SCHEMA;
import static dev.siltstone.aws.TableLayout.SETTINGS_VERSION;
import static dev.siltstone.aws.TableLayout.SPACE;
import static dev.siltstone.aws.TableLayout.TENANT;

import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.json.MetadataJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code CAT#COLLECTION#} items to and from settings. */
final class CollectionItem {
  /** What a client may send; an item holds 400 KB. */
  private static final int MAX_TEXT_BYTES = 380_000;

  private CollectionItem() {}

  /**
   * Encodes settings.
   *
   * @param ordinal the collection's place in its database's listing
   * @throws InvalidRequestException if metadata, schema and function do not fit into an item
   */
  static Item encode(Collection collection, long ordinal) {
    String metadata = MetadataJson.text(collection.metadata());
    checkFits(metadata, collection.schemaJson(), collection.embeddingFunctionJson());
    return TableLayout.collection(collection.id())
        .with(ID, collection.id().toString())
        .with(TENANT, collection.tenant().value())
        .with(DATABASE, collection.database().value())
        .with(NAME, collection.name().value())
        .with(ORDINAL, ordinal)
        .with(SPACE, collection.space().wireName())
        .with(HNSW, AttributeValue.fromM(encode(collection.hnsw()).attributes()))
        .with(CLIENT_FUNCTION, collection.embeddingFunctionJson())
        .with(SCHEMA, collection.schemaJson())
        .with(METADATA, metadata)
        .with(SETTINGS_VERSION, collection.settingsVersion());
  }

  private static void checkFits(@Nullable String... texts) {
    int bytes = 0;
    for (String text : texts) {
      bytes += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MAX_TEXT_BYTES) {
      throw new InvalidRequestException(
          "The collection's metadata, schema and embedding function have %d bytes together; at most %d fit"
              .formatted(bytes, MAX_TEXT_BYTES));
    }
  }

  static Collection decode(Item item) {
    return new Collection(
        CollectionId.parse(item.text(ID)),
        new TenantName(item.text(TENANT)),
        new DatabaseName(item.text(DATABASE)),
        new CollectionName(item.text(NAME)),
        Space.parse(item.text(SPACE)),
        decodeHnsw(new Item(item.required(HNSW).m())),
        item.textOrNull(CLIENT_FUNCTION),
        item.textOrNull(SCHEMA),
        MetadataJson.metadata(item.text(METADATA)),
        item.number(SETTINGS_VERSION));
  }

  private static Item encode(HnswParameters hnsw) {
    return Item.NONE
        .with(TableLayout.MAX_NEIGHBORS, hnsw.maxNeighbors())
        .with(TableLayout.EF_CONSTRUCTION, hnsw.efConstruction())
        .with(TableLayout.EF_SEARCH, hnsw.efSearch())
        .with(TableLayout.THREADS, hnsw.threads())
        .with(TableLayout.RESIZE_FACTOR, Double.toString(hnsw.resizeFactor()))
        .with(TableLayout.BATCH_SIZE, hnsw.batchSize())
        .with(TableLayout.SYNC_THRESHOLD, hnsw.syncThreshold());
  }

  private static HnswParameters decodeHnsw(Item hnsw) {
    return new HnswParameters(
        Math.toIntExact(hnsw.number(TableLayout.MAX_NEIGHBORS)),
        Math.toIntExact(hnsw.number(TableLayout.EF_CONSTRUCTION)),
        Math.toIntExact(hnsw.number(TableLayout.EF_SEARCH)),
        Math.toIntExact(hnsw.number(TableLayout.THREADS)),
        resizeFactor(hnsw.text(TableLayout.RESIZE_FACTOR)),
        Math.toIntExact(hnsw.number(TableLayout.BATCH_SIZE)),
        Math.toIntExact(hnsw.number(TableLayout.SYNC_THRESHOLD)));
  }

  private static double resizeFactor(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new CorruptDataException("resize factor " + text + " is no number", e);
    }
  }
}
