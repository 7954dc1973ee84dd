package dev.siltstone.local.operations;

import dev.siltstone.local.backup.BackupFolder;
import dev.siltstone.local.backup.CopiedCollection;
import dev.siltstone.local.backup.OpenStore;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies a store into a folder. */
@Command(
    name = "backup",
    description = {
      "Copies collections of a local store or a stack into a new folder, beside whoever uses them,"
          + " and verifies the copy. Every write that was acknowledged before is in it.",
      "The folder is a local store: restore copies out of it, and serve, verify and the others work"
          + " on it. It has its name only when it is complete."
    },
    mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
  @Mixin private CopyOptions options = new CopyOptions();

  @Option(
      names = "--previous",
      paramLabel = "FOLDER",
      description =
          "An older backup on the same disk: files that it has are linked instead of copied."
              + " Either backup can be deleted afterwards.")
  private @Nullable Path previous;

  @Override
  public Integer call() {
    Clock clock = Clock.system();
    try (OpenStore from = options.existing(clock);
        BackupFolder backup = BackupFolder.begin(options.folder())) {
      List<CopiedCollection> copied = copy(from, backup, clock);
      int exit = options.show(copied);
      if (exit == 0) {
        backup.complete();
      }
      return exit;
    }
  }

  private List<CopiedCollection> copy(OpenStore from, BackupFolder backup, Clock clock) {
    try (OpenStore to = OpenStore.in(backup.data(), clock);
        OpenStore older = previous == null ? null : OpenStore.existing(previous, clock)) {
      return options.withWorkers(
          from,
          to,
          older == null ? null : older.objects(),
          clock,
          copy -> options.copy(options.asked(from, copy), copy));
    }
  }
}
