package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.local.backup.OpenStore;
import dev.siltstone.local.backup.StoreCopy;
import dev.siltstone.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies collections out of a folder into a store. */
@Command(
    name = "restore",
    description = {
      "Copies collections out of a backup, or the folder of any local store, into a local store or"
          + " a stack, beside whoever uses it, and verifies them there.",
      "Collections that exist are not touched. One appears when all of it is there. If the command"
          + " is interrupted, run it again, with --missing if some of the collections are there."
    },
    mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
  @Mixin private CopyOptions options = new CopyOptions();

  @Option(
      names = "--missing",
      description = "Leaves out collections whose names exist, instead of refusing.")
  private boolean missing;

  @Override
  public Integer call() {
    Clock clock = Clock.system();
    try (OpenStore from = OpenStore.existing(options.folder(), clock);
        OpenStore to = options.made(clock)) {
      return options.show(
          options.withWorkers(
              from, to, null, clock, copy -> options.copy(wanted(from, copy), copy)));
    }
  }

  private List<Collection> wanted(OpenStore from, StoreCopy copy) {
    List<Collection> asked = options.asked(from, copy);
    List<Collection> there = asked.stream().filter(copy::isThere).toList();
    if (!missing && !there.isEmpty()) {
      throw new AlreadyExistsException(
          "%s already there: %s; nothing was changed. Name the collections to restore, or give --missing"
              .formatted(
                  there.size() == 1 ? "a collection is" : there.size() + " collections are",
                  String.join(
                      ", ", there.stream().map(one -> one.name().value()).limit(20).toList())));
    }
    return asked.stream().filter(collection -> !there.contains(collection)).toList();
  }
}
