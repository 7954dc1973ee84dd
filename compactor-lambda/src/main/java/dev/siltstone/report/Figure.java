package dev.siltstone.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One value of a report: how people read it, and what it is in JSON. */
public sealed interface Figure {
  /** How people read it. */
  String shown();

  /** Writes it as a JSON value. */
  void write(JsonGenerator out) throws IOException;

  /** Whether it stands at the right of its column. */
  default boolean isNumber() {
    return false;
  }

  /** The text of a name, key or enum constant; null is shown as a dash. */
  static Figure text(@Nullable Object text) {
    return text == null ? new None() : new Text(text.toString());
  }

  static Figure count(long count) {
    return new Whole(count, String.format(Locale.ROOT, "%,d", count));
  }

  /** A share of one, such as a recall: four digits for people, the number itself in JSON. */
  static Figure share(double share) {
    return new Real(share, String.format(Locale.ROOT, "%.4f", share));
  }

  /** An amount, such as of dollars: at most so many digits behind the point for people. */
  static Figure amount(double amount, int digits) {
    String shown = String.format(Locale.ROOT, "%,." + digits + "f", amount);
    return new Real(
        amount, digits > 2 ? shown.replaceAll("0+$", "").replaceAll("\\.$", "") : shown);
  }

  /** A number of bytes: {@code 12.3 kB} for people, the number itself in JSON. */
  static Figure bytes(long bytes) {
    return new Whole(bytes, Units.bytes(bytes));
  }

  /** A moment in UTC, to the second for people; null is shown as a dash. */
  static Figure moment(@Nullable Instant moment) {
    return moment == null ? new None() : new Moment(moment);
  }

  /** {@code yes} or {@code no}. */
  static Figure flag(boolean flag) {
    return new Flag(flag);
  }

  /** A dash for people, null in JSON. */
  static Figure none() {
    return new None();
  }

  /** See {@link #text}. */
  record Text(String shown) implements Figure {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeString(shown);
    }
  }

  /** See {@link #count} and {@link #bytes}. */
  record Whole(long value, String shown) implements Figure {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeNumber(value);
    }

    @Override
    public boolean isNumber() {
      return true;
    }
  }

  /** See {@link #share} and {@link #amount}. */
  record Real(double value, String shown) implements Figure {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeNumber(value);
    }

    @Override
    public boolean isNumber() {
      return true;
    }
  }

  /** See {@link #moment}. */
  record Moment(Instant value) implements Figure {
    @Override
    public String shown() {
      return value.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeString(value.toString());
    }
  }

  /** See {@link #flag}. */
  record Flag(boolean value) implements Figure {
    @Override
    public String shown() {
      return value ? "yes" : "no";
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeBoolean(value);
    }
  }

  /** See {@link #none}. */
  record None() implements Figure {
    @Override
    public String shown() {
      return "-";
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeNull();
    }
  }
}
