package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithFilteringIT;
import dev.langchain4j.store.embedding.EmbeddingStoreWithRemovalIT;
import dev.langchain4j.store.embedding.chroma.ChromaApiVersion;
import dev.langchain4j.store.embedding.chroma.ChromaEmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.comparison.IsGreaterThan;
import dev.langchain4j.store.embedding.filter.comparison.IsGreaterThanOrEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsLessThan;
import dev.langchain4j.store.embedding.filter.comparison.IsLessThanOrEqualTo;
import dev.siltstone.processes.ServeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's Chroma store, through the tests that LangChain4j asks of every store. */
class LangChainStoreTest {
  private static final EmbeddingModel MODEL = new MiniLmModel();
  private static final AtomicInteger STORES = new AtomicInteger();

  @TempDir private static Path data;
  private static ServeProcess server;

  @BeforeAll
  static void start() throws Exception {
    // They wait for stores that show writes late; ours shows them at the first look.
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    server = ServeProcess.start(data);
  }

  @AfterAll
  static void stop() {
    Awaitility.reset();
    server.close();
  }

  /** A collection of its own, in the tenant and database that the store makes for itself. */
  private static EmbeddingStore<TextSegment> freshStore() {
    return ChromaEmbeddingStore.builder()
        .apiVersion(ChromaApiVersion.V2)
        .baseUrl(server.uri().toString())
        .collectionName("store-" + STORES.incrementAndGet())
        .build();
  }

  @Nested
  class AddingAndFiltering extends EmbeddingStoreWithFilteringIT {
    private final EmbeddingStore<TextSegment> store = freshStore();

    @Override
    protected EmbeddingStore<TextSegment> embeddingStore() {
      return store;
    }

    @Override
    protected EmbeddingModel embeddingModel() {
      return MODEL;
    }

    /** In Chroma only numbers have an order; the rest of the cases is as it stands. */
    @Override
    @ParameterizedTest
    @MethodSource("should_filter_by_metadata")
    protected void should_filter_by_metadata(
        Filter filter, List<Metadata> matching, List<Metadata> others) {
      if (ordersOtherThanNumbers(filter)) {
        assertThatThrownBy(() -> super.should_filter_by_metadata(filter, matching, others))
            .hasMessageContaining("InvalidArgumentError");
      } else {
        super.should_filter_by_metadata(filter, matching, others);
      }
    }

    private static boolean ordersOtherThanNumbers(Filter filter) {
      return switch (filter) {
        case IsLessThan less -> !(less.comparisonValue() instanceof Number);
        case IsLessThanOrEqualTo less -> !(less.comparisonValue() instanceof Number);
        case IsGreaterThan greater -> !(greater.comparisonValue() instanceof Number);
        case IsGreaterThanOrEqualTo greater -> !(greater.comparisonValue() instanceof Number);
        default -> false;
      };
    }
  }

  @Nested
  class Removing extends EmbeddingStoreWithRemovalIT {
    private final EmbeddingStore<TextSegment> store = freshStore();

    @Override
    protected EmbeddingStore<TextSegment> embeddingStore() {
      return store;
    }

    @Override
    protected EmbeddingModel embeddingModel() {
      return MODEL;
    }
  }
}
