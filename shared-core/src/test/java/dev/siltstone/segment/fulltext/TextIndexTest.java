package dev.siltstone.segment.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.segment.file.MemorySource;
import dev.siltstone.segment.filters.RowBounds;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

class TextIndexTest {
  private static final String GOLDEN = "/golden/text-1/text.idx";

  @TempDir Path folder;

  @Test
  void boundsEveryTextAsStringContainsSays() throws Exception {
    for (long seed = 1; seed <= 12; seed++) {
      RandomTexts texts = new RandomTexts(seed);
      IndexedTexts indexed =
          IndexedTexts.write(folder, texts.documents(400), seed % 2 == 0 ? 500 : 1 << 20);
      long precise = 0;
      long possible = 0;
      for (int i = 0; i < 400; i++) {
        String pattern = texts.pattern(indexed.documents());
        RoaringBitmap expected = indexed.rows(document -> document.contains(pattern));
        RowBounds found = indexed.index().containing(pattern, indexed.present());
        String what = "seed %d, \"%s\"".formatted(seed, pattern);
        assertThat(RoaringBitmap.andNot(expected, found.possible())).as(what).isEmpty();
        assertThat(RoaringBitmap.andNot(found.certain(), expected)).as(what).isEmpty();
        if (pattern.length() <= 3) {
          assertThat(found.certain()).as(what).isEqualTo(expected);
        }
        precise += expected.getCardinality();
        possible += found.possible().getCardinality();
      }
      assertThat((double) precise / possible).as("seed %d: precision", seed).isGreaterThan(0.6);
      indexed.index().close();
    }
  }

  @Test
  void narrowsTheCandidatesThatItIsGiven() throws Exception {
    try (TextIndex index = open(List.of("delta", "river delta", "silt"))) {
      RoaringBitmap only = RoaringBitmap.bitmapOf(1, 2);
      assertThat(index.containing("delta", only).possible()).isEqualTo(RoaringBitmap.bitmapOf(1));
      assertThat(index.containing("t", only).certain()).isEqualTo(RoaringBitmap.bitmapOf(1, 2));
      assertThat(index.containing("", only).certain()).isEqualTo(only);
      assertThat(only).isEqualTo(RoaringBitmap.bitmapOf(1, 2));
    }
  }

  @Test
  void indexesDocumentsOfOneCharacterAndOfAMegabyte() throws Exception {
    String same = "a".repeat(1 << 20);
    StringBuilder varied = new StringBuilder();
    RandomTexts texts = new RandomTexts(5);
    while (varied.length() < 1 << 20) {
      varied.append((char) texts.random.nextInt(0xd800));
    }
    try (TextIndex index = open(Arrays.asList("a", same, null, varied.toString(), ""))) {
      assertThat(possible(index, "a".repeat(50_000)).toArray()).contains(1).doesNotContain(0, 4);
      assertThat(possible(index, varied.substring(1 << 19)).toArray()).containsExactly(3);
      assertThat(possible(index, varied.substring(77, 81)).toArray()).containsExactly(3);
      assertThat(index.containing("aa", RoaringBitmap.bitmapOf(0, 1, 4)).certain().toArray())
          .containsExactly(1);
    }
  }

  /** "粉" and the first half of "🪨" are one unit, and the last of a document. */
  @Test
  void findsSingleUnitsAtTheEndOfDocuments() throws Exception {
    try (TextIndex index = open(List.of("砂粉", "粉", "stone 🪨", "s"))) {
      assertThat(possible(index, "粉").toArray()).containsExactly(0, 1);
      assertThat(possible(index, "🪨").toArray()).containsExactly(2);
      assertThat(possible(index, "🪨".substring(0, 1)).toArray()).containsExactly(2);
      assertThat(possible(index, "s").toArray()).containsExactly(2, 3);
      assertThat(possible(index, "s\uffff")).isEmpty();
    }
  }

  @Test
  void makesTheSameFileFromRunsAsInMemory() throws Exception {
    List<@Nullable String> documents = new RandomTexts(3).documents(300);
    assertThat(IndexedTexts.bytes(folder, documents, 1))
        .isEqualTo(IndexedTexts.bytes(folder, documents, 1 << 24));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void writesNothingForLittleText() throws Exception {
    Path path = folder.resolve("text.idx");
    try (TextIndexWriter writer = new TextIndexWriter(path)) {
      writer.add("x".repeat(TextIndexWriter.SCANNED_UNITS));
      writer.add(null);
      assertThat(writer.finish()).isNull();
    }
    assertThat(path).doesNotExist();
    try (TextIndexWriter writer = new TextIndexWriter(path)) {
      writer.add("x".repeat(TextIndexWriter.SCANNED_UNITS));
      writer.add("y");
      assertThat(writer.finish()).isNotNull();
    }
    try (TextIndex index = TextIndex.open(new MemorySource(Files.readAllBytes(path)))) {
      assertThat(index.statistics()).isEqualTo(new TextStatistics(2, 2));
    }
  }

  @Test
  void keepsWhatRankingNeeds() throws Exception {
    List<@Nullable String> documents =
        Arrays.asList("The river, the Delta.", null, "", "ÉTÉ delta-2 粉砂", "THE THE the");
    try (TextIndex index = open(documents)) {
      assertThat(index.statistics()).isEqualTo(new TextStatistics(4, 12));
      assertThat(index.documentFrequency("the")).isEqualTo(2);
      assertThat(index.documentFrequency("Delta")).isEqualTo(2);
      assertThat(index.documentFrequency("del")).isZero();
      assertThat(index.rowsWithTerm("été")).containsExactly(3);
      assertThat(index.rowsWithTerm("砂")).containsExactly(3);
      assertThat(index.rowsWithTerm("2")).containsExactly(3);
      assertThat(new int[] {index.tokens(0), index.tokens(1), index.tokens(2), index.tokens(3)})
          .containsExactly(4, 0, 0, 5);
      assertThat(index.tokens(4)).isEqualTo(3);
    }
  }

  /** Bytes that fill up to a section's start are zero and no part of anything. */
  @Test
  void noticesDamageAndTruncation() throws Exception {
    byte[] bytes = IndexedTexts.bytes(folder, new RandomTexts(9).documents(100), 1 << 20);
    for (int at = 0; at < bytes.length; at += 13) {
      if (bytes[at] == 0) {
        continue;
      }
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x10;
      assertThatThrownBy(() -> TextIndex.open(new MemorySource(damaged)).verify())
          .as("byte %d", at)
          .isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class);
    }
    for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
      assertThatThrownBy(() -> TextIndex.open(new MemorySource(Arrays.copyOf(bytes, length))))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  /** Whoever reads without {@link TextIndex#verify} gets an error or rows of the segment. */
  @Test
  void survivesDamageThatNobodyLookedFor() throws Exception {
    IndexedTexts whole = IndexedTexts.write(folder, new RandomTexts(10).documents(100), 1 << 20);
    byte[] bytes = IndexedTexts.bytes(folder, whole.documents(), 1 << 20);
    RandomTexts texts = new RandomTexts(11);
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = bytes.clone();
      damaged[16 + texts.random.nextInt(bytes.length - 64)] ^=
          (byte) (1 << texts.random.nextInt(8));
      try (TextIndex index = TextIndex.open(new MemorySource(damaged))) {
        assertThat(
                RoaringBitmap.andNot(
                    index.containing(texts.pattern(whole.documents()), whole.present()).possible(),
                    whole.present()))
            .isEmpty();
      } catch (CorruptDataException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  /** Written by {@link #main}; a changed byte here is a changed format. */
  @Test
  void readsAndWritesVersion1() throws Exception {
    byte[] golden = Files.readAllBytes(golden());
    assertThat(IndexedTexts.bytes(folder, goldenDocuments(), 1 << 20)).isEqualTo(golden);
    try (TextIndex index = TextIndex.open(new MemorySource(golden))) {
      index.verify();
      assertThat(possible(index, "🪨").toArray()).containsExactly(2);
      assertThat(index.documentFrequency("river")).isEqualTo(101);
      assertThat(index.statistics()).isEqualTo(new TextStatistics(203, 602));
    }
  }

  /** Writes the golden file to the path that is given. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.write(target, IndexedTexts.bytes(target.getParent(), goldenDocuments(), 1 << 20));
  }

  private static List<@Nullable String> goldenDocuments() {
    List<@Nullable String> documents = new ArrayList<>();
    Collections.addAll(documents, "River", null, "粉 🪨", "");
    for (int i = 0; i < 200; i++) {
      documents.add(i % 2 == 0 ? "river " + i + " silt" : "a stone " + i * 7919 % 100);
    }
    return documents;
  }

  private static Path golden() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(TextIndexTest.class.getResource(GOLDEN)).toURI());
  }

  private TextIndex open(List<@Nullable String> documents) throws IOException {
    return IndexedTexts.write(folder, documents, 1 << 20).index();
  }

  private static RoaringBitmap possible(TextIndex index, String text) {
    RoaringBitmap all = new RoaringBitmap();
    all.add(0L, index.rows());
    return index.containing(text, all).possible();
  }
}
