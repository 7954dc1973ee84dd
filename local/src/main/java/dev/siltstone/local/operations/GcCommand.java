package dev.siltstone.local.operations;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.gc.CollectionMode;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.local.node.Keeping;
import dev.siltstone.operations.command.OperationCommand;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes what nobody needs any more, or says what that would be. */
@Command(
    name = "gc",
    description = {
      "Deletes what nobody needs any more: files of snapshots that are no longer kept, of crashed",
      "runs, folded deltas. A server does this by itself."
    },
    mixinStandardHelpOptions = true)
public final class GcCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Parameters(
      paramLabel = "COLLECTION",
      arity = "0..1",
      description = "Its name or id; every collection, and what dropped ones left, if not given.")
  private @Nullable String collection;

  @Option(names = "--dry-run", description = "Says what would go; writes nothing.")
  private boolean dryRun;

  @Option(
      names = "--any-share",
      description =
          "Deletes also when more is orphaned than is plausible; look at --dry-run first.")
  private boolean anyShare;

  @Option(
      names = "--retain",
      paramLabel = "N",
      description =
          "Gives up older snapshots but the newest N: no reads as of them, no rollback to them.")
  private @Nullable Integer retain;

  @Option(
      names = "--reader-grace",
      paramLabel = "SECONDS",
      description =
          "How long files stay for readers after their snapshot was given up (120). A reader that"
              + " is slower starts over with the current snapshot.")
  private @Nullable Integer readerGrace;

  @Override
  public Integer call() {
    return options.run(
        new OperationCommand.CollectGarbage(
            collection == null ? null : collections.named(collection), mode()),
        keeping());
  }

  private Keeping keeping() {
    Keeping keeping = Keeping.DEFAULT;
    if (retain != null) {
      requireFrom("--retain", retain, RetentionPolicy.MAX_RETAINED);
      keeping = keeping.withOlder(retain);
    }
    if (readerGrace != null) {
      requireFrom("--reader-grace", readerGrace, Integer.MAX_VALUE);
      keeping = keeping.withReaderGrace(Duration.ofSeconds(readerGrace));
    }
    return keeping;
  }

  private static void requireFrom(String option, int value, int most) {
    if (value < 0 || value > most) {
      throw new InvalidRequestException("%s is %d; it is 0 to %d".formatted(option, value, most));
    }
  }

  private CollectionMode mode() {
    return dryRun
        ? CollectionMode.DRY_RUN
        : anyShare ? CollectionMode.COLLECT_ANY_SHARE : CollectionMode.COLLECT;
  }
}
