package dev.siltstone.local.operations;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.operations.command.OperationCommand;
import dev.siltstone.operations.command.RepairedDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a delta that was set aside again, if it can be read now. */
@Command(
    name = "retry",
    description = {
      "Writes a delta that was set aside once more, at a new place behind all accepted writes.",
      "Without a repaired file the stored bytes are decoded again, by this version."
    },
    mixinStandardHelpOptions = true)
final class QuarantineRetryCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private NamedCollection collection = new NamedCollection();

  @Parameters(index = "1", paramLabel = "SEQUENCE", description = "Its place; see list.")
  private long sequence;

  @Option(
      names = "--repaired",
      paramLabel = "FILE",
      description = "A repaired delta, as it is stored (SQLite, compressed by zstd).")
  private @Nullable Path repaired;

  @Override
  public Integer call() {
    return options.run(
        new OperationCommand.QuarantineRetry(
            collection.reference(),
            place(),
            repaired == null ? null : new RepairedDelta(bytes(repaired))));
  }

  private Sequence place() {
    if (sequence < 1) {
      throw new InvalidRequestException("a sequence is at least 1, got " + sequence);
    }
    return new Sequence(sequence);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidRequestException("cannot read " + file, e);
    }
  }
}
