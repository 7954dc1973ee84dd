package dev.siltstone.gc;

import dev.siltstone.contract.HandClock;
import java.nio.file.Path;

class EmbeddedCollectorTest extends CollectorContract {
  @Override
  Services open(Path data, HandClock clock) {
    return Services.embedded(data, clock);
  }
}
