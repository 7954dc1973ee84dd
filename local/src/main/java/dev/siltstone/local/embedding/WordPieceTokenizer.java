package dev.siltstone.local.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BERT's uncased tokenizer: clean, lower-case, strip accents, split at white space, punctuation and
 * Chinese characters, then cut each word greedily into the longest pieces of the vocabulary (Devlin
 * and others, 2018; WordPiece). The result starts with {@code [CLS]} and ends with {@code [SEP]}.
 */
final class WordPieceTokenizer {
  private static final int LONGEST_WORD = 100;
  private static final String CONTINUATION = "##";
  private static final Pattern SPECIAL = Pattern.compile("\\[(?:PAD|UNK|CLS|SEP|MASK)]");

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int start;
  private final int end;

  WordPieceTokenizer(Map<String, Integer> vocabulary) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.unknown = id("[UNK]");
    this.start = id("[CLS]");
    this.end = id("[SEP]");
  }

  /** Reads the vocabulary, {@code model.vocab}, of a {@code tokenizer.json}. */
  static WordPieceTokenizer read(InputStream tokenizerJson) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(tokenizerJson)) {
      enterObject(json, "model");
      enterObject(json, "vocab");
      Map<String, Integer> vocabulary = new HashMap<>(1 << 16);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String piece = json.currentName();
        vocabulary.put(piece, json.nextIntValue(-1));
      }
      return new WordPieceTokenizer(vocabulary);
    }
  }

  private static void enterObject(JsonParser json, String field) throws IOException {
    if (json.currentToken() == null) {
      json.nextToken();
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(field);
      if (json.nextToken() == JsonToken.START_OBJECT && found) {
        return;
      }
      json.skipChildren();
    }
    throw new IOException("the tokenizer has no object " + field);
  }

  private int id(String piece) {
    Integer id = vocabulary.get(piece);
    if (id == null) {
      throw new IllegalArgumentException("the vocabulary has no " + piece);
    }
    return id;
  }

  /** The text's token ids, at most {@code maxTokens} including both ends; what is over is cut. */
  long[] encode(String text, int maxTokens) {
    Tokens tokens = new Tokens(maxTokens - 1);
    tokens.add(start);
    int from = 0;
    while (from < text.length() && !tokens.full()) {
      int to = endOfChunk(text, from);
      addChunk(text.substring(from, to), tokens);
      from = to + 1;
    }
    return tokens.endingWith(end);
  }

  /** White space never joins what is around it, so each chunk can be treated alone. */
  private static int endOfChunk(String text, int from) {
    int to = from;
    while (to < text.length() && !isWhitespace(text.charAt(to))) {
      to++;
    }
    return to;
  }

  private void addChunk(String chunk, Tokens tokens) {
    Matcher special = SPECIAL.matcher(chunk);
    int from = 0;
    while (special.find()) {
      addPlain(chunk.substring(from, special.start()), tokens);
      tokens.add(id(special.group()));
      from = special.end();
    }
    addPlain(chunk.substring(from), tokens);
  }

  private void addPlain(String chunk, Tokens tokens) {
    StringBuilder word = new StringBuilder();
    String plain = normalized(chunk);
    for (int i = 0; i < plain.length() && !tokens.full(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (isPunctuation(c) || isChinese(c)) {
        addWord(word.toString(), tokens);
        addWord(Character.toString(c), tokens);
        word.setLength(0);
      } else {
        word.appendCodePoint(c);
      }
    }
    addWord(word.toString(), tokens);
  }

  /** Without control characters and accents, in lower case. */
  private static String normalized(String chunk) {
    StringBuilder clean = new StringBuilder(chunk.length());
    chunk.codePoints().filter(c -> !isControl(c)).forEach(clean::appendCodePoint);
    StringBuilder plain = new StringBuilder(clean.length());
    Normalizer.normalize(clean, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .map(Character::toLowerCase)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private void addWord(String word, Tokens tokens) {
    if (word.isEmpty()) {
      return;
    }
    int[] pieces = new int[word.length()];
    int count = word.codePointCount(0, word.length()) > LONGEST_WORD ? 0 : cut(word, pieces);
    if (count == 0) {
      tokens.add(unknown);
    }
    for (int i = 0; i < count; i++) {
      tokens.add(pieces[i]);
    }
  }

  /** How many pieces the word has, or 0 if some part of it is in no vocabulary piece. */
  private int cut(String word, int[] pieces) {
    int count = 0;
    int from = 0;
    while (from < word.length()) {
      String prefix = from == 0 ? "" : CONTINUATION;
      int to = word.length();
      Integer piece = vocabulary.get(prefix + word.substring(from, to));
      while (piece == null && --to > from) {
        piece = vocabulary.get(prefix + word.substring(from, to));
      }
      if (piece == null) {
        return 0;
      }
      pieces[count++] = piece;
      from = to;
    }
    return count;
  }

  private static boolean isWhitespace(char c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isControl(int c) {
    if (c == 0xFFFD) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The blocks of CJK ideographs that BERT's reference tokenizer lists. */
  private static boolean isChinese(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  /** Token ids up to a limit; what comes after it is dropped. */
  private static final class Tokens {
    private final int limit;
    private long[] ids = new long[64];
    private int count;

    Tokens(int limit) {
      this.limit = limit;
    }

    boolean full() {
      return count >= limit;
    }

    void add(long id) {
      if (full()) {
        return;
      }
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, count * 2);
      }
      ids[count++] = id;
    }

    long[] endingWith(long id) {
      long[] all = Arrays.copyOf(ids, count + 1);
      all[count] = id;
      return all;
    }
  }
}
