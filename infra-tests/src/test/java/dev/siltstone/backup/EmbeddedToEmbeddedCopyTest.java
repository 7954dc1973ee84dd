package dev.siltstone.backup;

import dev.siltstone.contract.HandClock;
import dev.siltstone.gc.Services;
import java.nio.file.Path;

/** A backup of a folder. */
class EmbeddedToEmbeddedCopyTest extends StoreCopyContract {
  @Override
  Services source(Path data, HandClock clock) {
    return Services.embedded(data, clock);
  }

  @Override
  Services target(Path data, HandClock clock) {
    return Services.embedded(data, clock);
  }
}
