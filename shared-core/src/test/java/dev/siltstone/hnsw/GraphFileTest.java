package dev.siltstone.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.SplitFloats;
import dev.siltstone.distance.SplitRows;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void returnsEveryVectorBitForBit(Space space) {
    Random random = new Random(1);
    for (int dimension : new int[] {1, 3, 16, 17, 384, 16_384}) {
      Embedding[] vectors = random(random, 70, dimension);
      Path path = write(space, vectors);
      try (GraphFile file = GraphFile.open(path)) {
        assertThat(file.size()).isEqualTo(70);
        assertThat(file.dimension()).isEqualTo(dimension);
        assertThat(file.space()).isEqualTo(space);
        assertThat(file.hasLinks()).isFalse();
        for (int row = 0; row < vectors.length; row++) {
          assertThat(file.embedding(row)).isEqualTo(vectors[row]);
        }
      }
    }
  }

  @Test
  void returnsTheRowsOfWholeAndOfBegunBlocks() {
    for (int rows : new int[] {1, 7, 8, 9, 15, 16, 17, 2_000}) {
      Embedding[] vectors = random(new Random(rows), rows, 40);
      try (GraphFile file = GraphFile.open(write(Space.COSINE, vectors))) {
        for (int row = 0; row < rows; row++) {
          assertThat(file.embedding(row)).as("row %d of %d", row, rows).isEqualTo(vectors[row]);
        }
      }
    }
  }

  @Test
  void holdsNoRowsIfNoneWereAppended() {
    try (GraphFile file = GraphFile.open(write(Space.COSINE))) {
      assertThat(file.size()).isZero();
    }
  }

  @Test
  void tellsFromTheHeaderAloneWhereAVectorLies() throws IOException {
    Embedding[] vectors = random(new Random(2), 9, 33);
    byte[] bytes = Files.readAllBytes(write(Space.L2, vectors));
    MemorySegment head = MemorySegment.ofArray(Arrays.copyOf(bytes, GraphLayout.HEADER_BYTES));
    GraphLayout layout = GraphHeader.read(head, "head").layout();
    for (int row = 0; row < vectors.length; row++) {
      float[] values = new float[33];
      SplitRows places = layout.places();
      SplitFloats.of(bytes[(int) layout.exponentsOffset() + row] & 0xFF)
          .read(MemorySegment.ofArray(bytes), places.codes(row), places.rest(row), 33, values);
      assertThat(Embedding.owning(values)).isEqualTo(vectors[row]);
    }
  }

  @Test
  void refusesAFileWithoutItsMagic() throws IOException {
    Path path = damaged(bytes -> bytes[0] ^= 1);
    assertThatThrownBy(() -> GraphFile.open(path))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("no SILTGRPH at byte 0");
  }

  @Test
  void refusesAFileOfANewerVersion() throws IOException {
    Path path = damaged(bytes -> bytes[8] = 4);
    assertThatThrownBy(() -> GraphFile.open(path))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("has format version 4; this code reads up to 3");
  }

  @ParameterizedTest
  @ValueSource(bytes = {1, 2})
  void refusesAFileFromBeforeTheFirstRelease(byte version) throws IOException {
    Path path = damaged(bytes -> bytes[8] = version);
    assertThatThrownBy(() -> GraphFile.open(path))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("has format version " + version + ", which no release has written");
  }

  @Test
  void refusesADamagedHeaderOrFooter() throws IOException {
    int length = (int) Files.size(write(Space.COSINE, random(new Random(3), 5, 4)));
    for (int at :
        new int[] {
          9,
          12,
          16,
          20,
          24,
          28,
          32,
          36,
          40,
          44,
          47,
          48,
          51,
          54,
          length - 64,
          length - 50,
          length - 48
        }) {
      Path path = damaged(bytes -> bytes[at] ^= 0x41);
      assertThatThrownBy(() -> GraphFile.open(path))
          .as("byte %d", at)
          .isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class);
    }
  }

  @Test
  void refusesATruncatedOrLengthenedFile() throws IOException {
    Path whole = write(Space.COSINE, random(new Random(3), 5, 4));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {0, 1, 100, 4095, 4096, bytes.length - 1, bytes.length + 1}) {
      Path path = folder.resolve("length" + length);
      Files.write(path, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> GraphFile.open(path))
          .as("%d bytes", length)
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void isNoFileUntilItsWriterHasFinished() {
    Path path = folder.resolve("unfinished");
    try (GraphFileWriter writer = GraphFileWriter.create(path, Space.L2, 300)) {
      for (Embedding vector : random(new Random(4), 2000, 300)) {
        writer.append(vector);
      }
    }
    assertThatThrownBy(() -> GraphFile.open(path)).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void writesNoSecondFileOverTheFirstAndNoForeignDimension() {
    Path path = write(Space.L2);
    assertThatThrownBy(() -> GraphFileWriter.create(path, Space.L2, 3))
        .isInstanceOf(UncheckedIOException.class);
    try (GraphFileWriter writer = GraphFileWriter.create(folder.resolve("new"), Space.L2, 3)) {
      assertThatThrownBy(() -> writer.append(Embedding.of(1)))
          .hasMessage("a vector of dimension 1 for a file of 3");
    }
  }

  private interface Damage {
    void to(byte[] bytes);
  }

  private Path damaged(Damage damage) throws IOException {
    Path path = write(Space.COSINE, random(new Random(3), 5, 4));
    byte[] bytes = Files.readAllBytes(path);
    damage.to(bytes);
    return Files.write(path, bytes);
  }

  private Path write(Space space, Embedding... vectors) {
    Path path = folder.resolve("graph" + space + System.identityHashCode(vectors) + ".hnsw");
    int dimension = vectors.length == 0 ? 8 : vectors[0].dimension();
    try (GraphFileWriter writer = GraphFileWriter.create(path, space, dimension)) {
      for (int row = 0; row < vectors.length; row++) {
        assertThat(writer.append(vectors[row])).isEqualTo(row);
      }
      writer.finish();
    }
    return path;
  }

  static Embedding[] random(Random random, int count, int dimension) {
    Embedding[] vectors = new Embedding[count];
    for (int row = 0; row < count; row++) {
      float[] values = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        values[i] = (float) random.nextGaussian();
      }
      vectors[row] = Embedding.owning(values);
    }
    return vectors;
  }
}
