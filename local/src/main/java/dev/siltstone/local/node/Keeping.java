package dev.siltstone.local.node;

import dev.siltstone.gc.RetentionPolicy;
import java.time.Duration;

/**
 * What a collection of garbage leaves although it is not current.
 *
 * @param retention which older snapshots stay readable
 * @param readerGrace how long files stay after the last snapshot that named them was retired
 */
public record Keeping(RetentionPolicy retention, Duration readerGrace) {
  /** Readers on one machine map files at once and keep what they have mapped. */
  public static final Keeping DEFAULT = new Keeping(RetentionPolicy.DEFAULT, Duration.ofMinutes(2));

  /** The same for readers, and only so many older snapshots. */
  public Keeping withOlder(int snapshots) {
    return new Keeping(new RetentionPolicy(snapshots, Duration.ZERO), readerGrace);
  }

  /** The same snapshots, and another grace for readers. */
  public Keeping withReaderGrace(Duration grace) {
    return new Keeping(retention, grace);
  }
}
