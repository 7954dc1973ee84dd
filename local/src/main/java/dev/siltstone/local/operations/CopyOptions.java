package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.local.backup.CopiedCollection;
import dev.siltstone.local.backup.OpenStore;
import dev.siltstone.local.backup.StoreCopy;
import dev.siltstone.local.backup.aws.DeployedStore;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What backup and restore have in common: a folder or a stack, which collections, the answer. */
final class CopyOptions {
  private static final int WORKERS = 8;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Mixin private StoreChoice store = new StoreChoice();

  @Option(names = "--bucket", paramLabel = "NAME", description = "Its bucket: the output Bucket.")
  private @Nullable String bucket;

  @Option(
      names = "--tokens",
      description = "Access tokens go along: whoever has their secrets may use the copy.")
  private boolean tokens;

  @Option(names = "--json", description = "Answers one JSON object instead of text.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "The backup's folder.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "COLLECTION",
      description = "Names or ids; all collections of all tenants if none is given.")
  private List<String> names = List.of();

  /** The backup. */
  Path folder() {
    return folder;
  }

  /** The store of the options, which must exist. */
  OpenStore existing(Clock clock) {
    return isStack() ? stack(clock) : OpenStore.existing(store.data(), clock);
  }

  /** The store of the options; a folder is made if there is none. */
  OpenStore made(Clock clock) {
    return isStack() ? stack(clock) : OpenStore.in(store.data(), clock);
  }

  private boolean isStack() {
    return store.table() != null || bucket != null || store.region() != null;
  }

  private OpenStore stack(Clock clock) {
    String table = store.table();
    if (table == null || bucket == null) {
      throw new InvalidRequestException(
          "a stack's store is its table and its bucket: give both --table and --bucket");
    }
    return DeployedStore.open(
        table, bucket, store.region(), System.getenv(), clock, new SecureRandom());
  }

  /** The collections that are asked for. */
  List<Collection> asked(OpenStore from, StoreCopy copy) {
    return names.isEmpty()
        ? copy.all()
        : names.stream().map(name -> collections.named(name).in(from.catalog())).toList();
  }

  /** Copies these, and what goes along. */
  List<CopiedCollection> copy(List<Collection> asked, StoreCopy copy) {
    List<CopiedCollection> copied = new ArrayList<>();
    if (names.isEmpty()) {
      asked.forEach(collection -> copy.copyUnlessDropped(collection).ifPresent(copied::add));
      copy.copyDatabases();
    } else {
      asked.forEach(collection -> copied.add(copy.copy(collection)));
    }
    if (tokens) {
      copy.copyTokens();
    }
    return copied;
  }

  /** Runs a copy with threads of its own. */
  List<CopiedCollection> withWorkers(
      OpenStore from, OpenStore to, @Nullable ObjectStore previous, Clock clock, Copying work) {
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      return work.with(
          new StoreCopy(from, to, previous, workers, clock, new Random(), this::progress));
    }
  }

  /** What is done with a copy. */
  @FunctionalInterface
  interface Copying {
    List<CopiedCollection> with(StoreCopy copy);
  }

  /**
   * Shows what was copied.
   *
   * @return the exit code
   */
  int show(List<CopiedCollection> copied) {
    Table table =
        new Table(
            "collections",
            "collection",
            "id",
            "records",
            "last_write",
            "unfolded",
            "objects",
            "fetched",
            "found",
            "sound");
    Table differences = new Table("differences", "collection", "where", "what");
    boolean sound = true;
    for (CopiedCollection one : copied) {
      sound &= one.verification().isSound();
      table.row(
          Figure.text(one.collection().name()),
          Figure.text(one.collection().id()),
          Figure.count(one.verification().records()),
          Figure.count(one.last().value()),
          Figure.count(one.tail()),
          Figure.count(one.carried().objects()),
          Figure.bytes(one.carried().fetchedBytes()),
          Figure.bytes(one.carried().foundBytes()),
          Figure.flag(one.verification().isSound()));
      one.verification()
          .differences()
          .forEach(difference ->
              differences.row(
                  Figure.text(one.collection().name()),
                  Figure.text(difference.where()),
                  Figure.text(difference.what())));
    }
    new Report()
        .fact("backup", Figure.text(folder))
        .fact("sound", Figure.flag(sound))
        .table(table)
        .table(differences)
        .print(command.commandLine().getOut(), json);
    return sound ? 0 : 1;
  }

  private WorkProgress.Step progress(String label, long total) {
    return StoreOptions.progress(command, label, total);
  }
}
