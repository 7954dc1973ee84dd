package dev.siltstone.storage;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sole maker and parser of object keys.
 *
 * <pre>
 * delta/{collection}/{delta id}.delta
 * segment/{collection}/{epoch}-{segment id}/{file}
 * snapshot/{collection}/{generation}-{timestamp}-{epoch}-{commit id}/manifest.json
 * snapshot/{collection}/{generation}-{timestamp}-{epoch}-{commit id}/deleted-{segment id}.bitmap
 * snapshot/{collection}/latest/pointer.json
 * </pre>
 *
 * Epochs and generations are zero-padded so that listings sort by them. The timestamp (UTC, {@code
 * yyyyMMdd't'HHmmssSSS'z'}) is for people: nothing reads it.
 */
public final class ObjectLayout {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmssSSS'z'").withZone(ZoneOffset.UTC);
  private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern DELTA = Pattern.compile("delta/" + UUID + "/(" + UUID + ")\\.delta");
  private static final Pattern SEGMENT_FILE =
      Pattern.compile("segment/" + UUID + "/(\\d{10,19})-(" + UUID + ")/[^/]+");
  private static final Pattern SNAPSHOT_FILE =
      Pattern.compile(
          "snapshot/" + UUID + "/\\d{12,19}-\\d{8}t\\d{9}z-(\\d{10,19})-" + UUID + "/[^/]+");

  private ObjectLayout() {}

  public static ObjectKey delta(CollectionId collection, DeltaId delta) {
    return new ObjectKey(deltaPrefix(collection) + delta + ".delta");
  }

  public static String deltaPrefix(CollectionId collection) {
    return "delta/" + collection + "/";
  }

  /** The delta id in a key made by {@link #delta}, or empty for any other key. */
  public static Optional<DeltaId> deltaId(ObjectKey key) {
    Matcher matcher = DELTA.matcher(key.value());
    return matcher.matches() ? Optional.of(DeltaId.parse(matcher.group(1))) : Optional.empty();
  }

  public static ObjectKey segmentFile(
      CollectionId collection, Epoch epoch, SegmentId segment, String file) {
    return new ObjectKey(
        segmentPrefix(collection) + padded(epoch.value(), 10) + "-" + segment + "/" + file);
  }

  public static String segmentPrefix(CollectionId collection) {
    return "segment/" + collection + "/";
  }

  public static ObjectKey manifest(
      CollectionId collection, Generation generation, Instant at, Epoch epoch, CommitId commit) {
    return new ObjectKey(
        snapshotFolder(collection, generation, at, epoch, commit) + "manifest.json");
  }

  /** The rows of one segment that this snapshot no longer shows. */
  public static ObjectKey deletedRows(
      CollectionId collection,
      Generation generation,
      Instant at,
      Epoch epoch,
      CommitId commit,
      SegmentId segment) {
    return new ObjectKey(
        snapshotFolder(collection, generation, at, epoch, commit)
            + "deleted-"
            + segment
            + ".bitmap");
  }

  public static ObjectKey pointer(CollectionId collection) {
    return new ObjectKey(snapshotPrefix(collection) + "latest/pointer.json");
  }

  public static String snapshotPrefix(CollectionId collection) {
    return "snapshot/" + collection + "/";
  }

  /**
   * The epoch of the run that wrote this segment or snapshot file; empty for deltas and pointers.
   */
  public static Optional<Epoch> writerEpoch(ObjectKey key) {
    for (Pattern pattern : new Pattern[] {SEGMENT_FILE, SNAPSHOT_FILE}) {
      Matcher matcher = pattern.matcher(key.value());
      if (matcher.matches()) {
        return Optional.of(new Epoch(Long.parseLong(matcher.group(1))));
      }
    }
    return Optional.empty();
  }

  /**
   * The key that the same object has in a collection with another id.
   *
   * @throws IllegalArgumentException if the key is none of the first collection's
   */
  public static ObjectKey inCollection(ObjectKey key, CollectionId from, CollectionId to) {
    String[] parts = key.value().split("/", 3);
    if (parts.length < 3 || !parts[1].equals(from.toString())) {
      throw new IllegalArgumentException(key + " is no key of collection " + from);
    }
    return new ObjectKey(parts[0] + "/" + to + "/" + parts[2]);
  }

  private static String snapshotFolder(
      CollectionId collection, Generation generation, Instant at, Epoch epoch, CommitId commit) {
    return snapshotPrefix(collection)
        + padded(generation.value(), 12)
        + "-"
        + TIMESTAMP.format(at)
        + "-"
        + padded(epoch.value(), 10)
        + "-"
        + commit
        + "/";
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
