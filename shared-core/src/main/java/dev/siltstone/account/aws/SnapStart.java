package dev.siltstone.account.aws;

import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.metrics.lambda.PowertoolsMetrics;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a function's work once before SnapStart takes its snapshot, so that every sandbox restored
 * from it finds classes loaded, native libraries linked and code compiled. Nothing is left open
 * that sandboxes must not share: the calls go over connections of their own, closed before the
 * snapshot, and the function's own connections are opened when they are first needed. Random
 * numbers come from the operating system after a restore as before it.
 */
public final class SnapStart implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(SnapStart.class);
  private static final UUID NOBODY = new UUID(0x0190_0000_0000_7000L, 1L << 63);

  /** What the runtime sets where snapshots are taken. */
  private static final String INITIALISATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /** The runtime holds its resources weakly. */
  @SuppressWarnings("UnusedVariable")
  private static @Nullable SnapStart registered;

  private final Settings settings;
  private final Runnable ownWork;

  private SnapStart(Settings settings, Runnable ownWork) {
    this.settings = settings;
    this.ownWork = ownWork;
  }

  /**
   * Has this done before a snapshot is taken; nothing where none is.
   *
   * @param ownWork what the function does with a request, without any effect
   */
  public static void prime(Settings settings, Runnable ownWork) {
    if ("snap-start".equals(settings.environment().get(INITIALISATION))) {
      SnapStart resource = new SnapStart(settings, ownWork);
      Core.getGlobalContext().register(resource);
      registered = resource;
    }
  }

  /** A snapshot without this is only slower: no failure of it stops a deployment. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    attempt("metrics", PowertoolsMetrics::prime);
    attempt("delta", SnapStart::encodeDelta);
    attempt("calls", this::call);
    attempt("request", ownWork);
    LOG.info("primed");
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    LOG.info("restored");
  }

  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("priming of {} failed: {}", what, e.toString());
    }
  }

  private static void encodeDelta() {
    EncodedDelta _ =
        DeltaWriter.encode(
            new Delta(
                new CollectionId(NOBODY),
                new DeltaId(NOBODY),
                2,
                null,
                Instant.EPOCH,
                List.of(
                    new Operation.Add(
                        new RecordId("a"), Embedding.of(1, 2), null, null, MetadataPatch.NONE))));
  }

  /** Reads what does not exist, and what every function may read. */
  private void call() {
    AwsAccount account = AwsAccount.of(settings);
    try {
      if (account.catalog().collection(new CollectionId(NOBODY)).isPresent()) {
        LOG.warn("there is a collection {}", NOBODY);
      }
    } finally {
      account.clients().close();
    }
  }
}
