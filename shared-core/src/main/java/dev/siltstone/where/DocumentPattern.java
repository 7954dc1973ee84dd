package dev.siltstone.where;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.siltstone.failure.InvalidRequestException;
import java.util.Map;

/**
 * A regular expression that is searched for in documents, in time linear in the document whatever
 * the pattern (RE2: automata, no backtracking, hence no back-references and no look-around, as in
 * Chroma). Case-sensitive unless the pattern says {@code (?i)}; {@code .} does not match a line
 * feed; unanchored. {@code \d}, {@code \s}, {@code \w} and {@code \b} know ASCII only, those of
 * Chroma's engine all scripts: write {@code \pN}, {@code \pL} and so on where that matters.
 *
 * <p>The time per character is at most proportional to the compiled program, so its size is
 * bounded: nested counted repetitions multiply it.
 */
public final class DocumentPattern {
  /** Longest pattern, in UTF-16 code units. */
  public static final int MAX_LENGTH = 1_000;

  /** Most instructions of the compiled pattern. */
  public static final int MAX_PROGRAM_SIZE = 5_000;

  /** The words that clients of the reference see; the engine's own words are kept for the rest. */
  private static final Map<String, String> REFERENCE_WORDS =
      Map.of(
          "missing closing )", "unclosed group",
          "unexpected )", "unopened group",
          "missing closing ]", "unclosed character class",
          "missing argument to repetition operator", "repetition operator missing expression");

  private final String text;
  private final Pattern compiled;

  private DocumentPattern(String text, Pattern compiled) {
    this.text = text;
    this.compiled = compiled;
  }

  /**
   * Compiles a pattern.
   *
   * @throws InvalidRequestException if it is malformed, too long or compiles to too large a program
   */
  public static DocumentPattern compile(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidRequestException(
          "Regex too long: %d characters; the limit is %d".formatted(text.length(), MAX_LENGTH));
    }
    Pattern compiled = compiled(text);
    if (compiled.programSize() > MAX_PROGRAM_SIZE) {
      throw new InvalidRequestException(
          "Regex too large: it compiles to %d instructions; the limit is %d"
              .formatted(compiled.programSize(), MAX_PROGRAM_SIZE));
    }
    return new DocumentPattern(text, compiled);
  }

  /** The pattern as it was given. */
  public String text() {
    return text;
  }

  /** Instructions of the compiled pattern. */
  int programSize() {
    return compiled.programSize();
  }

  /** Whether the pattern is found anywhere in the document. */
  public boolean foundIn(String document) {
    return compiled.matcher(document).find();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Pattern compiled(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new InvalidRequestException(message(text, e), e);
    }
  }

  /** In the reference's form, spelling mistake included: clients match on it. */
  private static String message(String text, PatternSyntaxException e) {
    String word = REFERENCE_WORDS.getOrDefault(e.getDescription(), e.getDescription());
    int column = Math.max(0, text.indexOf(e.getPattern()));
    return "Regex syntax errror: regex parse error:\n    %s\n    %s^\nerror: %s"
        .formatted(text, " ".repeat(column), word);
  }
}
