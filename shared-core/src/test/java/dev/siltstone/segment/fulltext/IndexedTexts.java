package dev.siltstone.segment.fulltext;

import static java.util.Objects.requireNonNull;

import dev.siltstone.segment.file.MemorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Documents and their index. */
record IndexedTexts(List<@Nullable String> documents, TextIndex index) {
  static IndexedTexts write(Path folder, List<@Nullable String> documents, int runPairs)
      throws IOException {
    return new IndexedTexts(
        documents, TextIndex.open(new MemorySource(bytes(folder, documents, runPairs))));
  }

  static byte[] bytes(Path folder, List<@Nullable String> documents, int runPairs)
      throws IOException {
    Path path = folder.resolve("text.idx");
    try (TextIndexWriter writer = new TextIndexWriter(path, -1, runPairs)) {
      documents.forEach(writer::add);
      requireNonNull(writer.finish());
    }
    byte[] bytes = Files.readAllBytes(path);
    Files.delete(path);
    return bytes;
  }

  /** The rows that have a document. */
  RoaringBitmap present() {
    return rows(_ -> true);
  }

  /** The rows whose document satisfies the condition. */
  RoaringBitmap rows(Predicate<String> condition) {
    RoaringBitmap rows = new RoaringBitmap();
    for (int row = 0; row < documents.size(); row++) {
      String document = documents.get(row);
      if (document != null && condition.test(document)) {
        rows.add(row);
      }
    }
    return rows;
  }
}
