package dev.siltstone.local.node;

import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Measured;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.Router;
import dev.siltstone.api.Routing;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.distance.PrimedKernel;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.gc.CollectionMode;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.ingest.ProducerApi;
import dev.siltstone.local.http.HttpApi;
import dev.siltstone.local.node.CompactionLoop.Rhythm;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.query.QueryApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.time.Clock;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Producer, compactor and query in one process, on one folder that other processes may use too.
 * What the three Lambda functions do between events, this does between calls; it answers the same
 * requests by the same code.
 */
public final class LocalNode implements HttpApi, AutoCloseable {
  /** What is left of the two seconds for a stop once the port is closed. */
  private static final Duration STOP_PATIENCE = Duration.ofMillis(700);

  private static final int PAGE = 1000;

  private final EmbeddedStorage storage;
  private final Machinery machinery;
  private final NodeCompactor compactor;
  private final NodeCollector collector;
  private final @Nullable Worker loop;
  private final @Nullable Worker garbage;
  private final Router router = new Router();
  private final ProducerApi producer;
  private final AccessGuard guard;
  private final CollectionViews views;
  private final QueryApi queries;
  private final PrimedKernel kernel = PrimedKernel.ofThisJvm();
  private final Clock clock;

  private LocalNode(
      NodeSettings settings, EmbeddedStorage storage, Machinery machinery, Clock clock)
      throws IOException {
    this.storage = storage;
    this.clock = clock;
    this.machinery = machinery;
    this.compactor = NodeCompactor.on(storage, machinery, clock);
    this.collector = NodeCollector.on(storage, machinery, Keeping.DEFAULT, clock);
    this.producer = Handlers.producer(storage, machinery, settings, clock);
    this.guard = Handlers.guard(storage, settings, clock);
    this.views =
        new CollectionViews(
            storage.log(),
            machinery.reader(),
            machinery.batches(),
            machinery.cache(),
            machinery.openers(),
            ReadPatience.STANDARD,
            clock);
    this.queries =
        new QueryApi(
            Handlers.records(storage, machinery, views, engine(), settings, clock),
            Handlers.admin(storage, machinery, guard, settings, clock),
            new Measured(clock::nanoTime));
    this.loop =
        switch (settings.compaction()) {
          case ON_DEMAND -> null;
          case IN_BACKGROUND ->
              CompactionLoop.start(
                  storage.notices(),
                  storage.log(),
                  compactor::run,
                  new HeapRelease(Runtime.getRuntime()),
                  Rhythm.STANDARD,
                  clock);
        };
    this.garbage =
        loop == null ? null : GarbageLoop.start(this::sweepGarbage, GarbageLoop.STANDARD_PAUSE);
  }

  /**
   * Opens a node; clients may be answered at once.
   *
   * @throws UnavailableException if the folder cannot be used
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer Siltstone has written it
   * @throws dev.siltstone.failure.CorruptDataException if it holds something else
   */
  public static LocalNode open(NodeSettings settings) {
    Clock clock = Clock.system();
    EmbeddedStorage storage = EmbeddedStorage.open(settings.folder(), clock);
    try {
      return new LocalNode(
          settings, storage, new Machinery(storage, settings.folder(), clock), clock);
    } catch (IOException e) {
      storage.close();
      throw new UnavailableException("cannot use " + settings.folder(), e);
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  /** Searches help each other with all processors but the one that asks. */
  private SearchEngine engine() {
    int helpers = Runtime.getRuntime().availableProcessors() - 1;
    return SearchEngine.helped(kernel, machinery.searchers(), helpers);
  }

  /**
   * Makes the code that compares vectors fast, in a fraction of a second of work; to be called in
   * the background once clients are answered.
   */
  public void prime() {
    kernel.prime(clock::nanoTime);
  }

  /**
   * Answers a request of the HTTP API, whichever of the functions owns its route.
   *
   * @throws dev.siltstone.failure.SiltstoneException for whoever turns failures into answers
   * @throws dev.siltstone.api.ApiException likewise
   */
  @Override
  public ApiResponse answer(ApiRequest request) {
    return switch (router.route(request.method(), request.path())) {
      case Routing.Refused refused -> refused.response();
      case Routing.Matched(RouteMatch match) -> {
        guard.admit(match, request);
        yield answer(match, request);
      }
    };
  }

  /**
   * Refuses a request of someone who may not make it, before its body is read.
   *
   * @throws dev.siltstone.api.ApiException if so
   */
  @Override
  public Optional<ApiResponse> refusal(ApiRequest head) {
    switch (router.route(head.method(), head.path())) {
      case Routing.Refused _ -> {}
      case Routing.Matched(RouteMatch match) -> guard.admit(match, head);
    }
    return Optional.empty();
  }

  private ApiResponse answer(RouteMatch match, ApiRequest request) {
    return switch (match.route().owner()) {
      case PRODUCER -> producer.handle(match, request);
      case QUERY -> queries.handle(match, request);
    };
  }

  /** Folds what is in a collection's log now. */
  public CompactionReport compact(CollectionId collection) {
    return compactor.run(collection);
  }

  private void sweepGarbage() {
    var _ = collector.sweep(CollectionMode.COLLECT, (_, _) -> {});
  }

  /** Where a collection's log stands; empty if there is no such collection. */
  public Optional<HeadAndTip> log(CollectionId collection) {
    return storage.log().read(collection);
  }

  /** A collection's newest snapshot; empty before its first. */
  public Optional<Manifest> snapshot(CollectionId collection) {
    return machinery.snapshots().current(collection).map(Published::manifest);
  }

  /** Every stored object, in key order. */
  public List<ListedObject> storedObjects() {
    List<ListedObject> all = new ArrayList<>();
    List<ListedObject> page = storage.objects().listAfter("", null, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = storage.objects().listAfter("", page.getLast().key(), PAGE);
    }
    return all;
  }

  /**
   * Ends the background run in order and closes everything. A run that does not end in time is left
   * alone with its open files: the process is about to go, and what the run has written and not
   * published counts for nothing.
   */
  @Override
  public void close() {
    if (loop != null && garbage != null) {
      loop.close();
      garbage.close();
      compactor.stop();
      collector.stop();
      if (!loop.hasEnded(STOP_PATIENCE) || !garbage.hasEnded(STOP_PATIENCE)) {
        return;
      }
    }
    views.close();
    machinery.close();
    storage.close();
  }
}
