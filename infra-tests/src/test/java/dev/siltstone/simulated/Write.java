package dev.siltstone.simulated;

import dev.siltstone.record.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a writer, whatever delta ids and places it goes through, and what it was told. */
final class Write {
  /** What it asks for. */
  sealed interface Content {
    /** These operations. */
    record Operations(List<Operation> operations) implements Content {}

    /** Delete every record whose number is this. */
    record DeleteNumber(long number) implements Content {}

    /** Nothing: its bytes cannot be decoded, or only by a newer version of the code. */
    record Unreadable(Kind kind) implements Content {}
  }

  /** Why nobody can read it. */
  enum Kind {
    POISON,
    NEWER_FORMAT
  }

  private final int number;
  private final Content content;
  private final long floor;
  private @Nullable Long acknowledgedAt;
  private boolean refused;

  /**
   * A write that begins now.
   *
   * @param floor the highest place that anybody was told of before; it must stand above
   */
  Write(int number, Content content, long floor) {
    this.number = number;
    this.content = content;
    this.floor = floor;
  }

  Content content() {
    return content;
  }

  boolean is(Kind kind) {
    return content.equals(new Content.Unreadable(kind));
  }

  long floor() {
    return floor;
  }

  void acknowledged(long place) {
    acknowledgedAt = place;
  }

  /** Its writer was told that it is certainly not committed. */
  void refuse() {
    refused = true;
  }

  @Nullable Long acknowledgedAt() {
    return acknowledgedAt;
  }

  boolean refused() {
    return refused;
  }

  @Override
  public String toString() {
    return "write " + number + " of " + content;
  }
}
