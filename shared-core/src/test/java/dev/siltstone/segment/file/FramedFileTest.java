package dev.siltstone.segment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.storage.Checksum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramedFileTest {
  private static final FileKind KIND = new FileKind("test.file", "SILT-TST", 3);
  private static final byte[] FIRST = "first section".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LARGE = new byte[200_000];

  @TempDir Path folder;

  @Test
  void givesBackSections() throws IOException {
    Arrays.fill(LARGE, (byte) 7);
    try (FramedFile file = FramedFile.open(KIND, MappedSource.open(write(KIND)))) {
      assertThat(bytes(file.section(1).readVerified())).isEqualTo(FIRST);
      assertThat(bytes(file.section(9).readVerified())).isEqualTo(LARGE);
      assertThat(file.section(4).length()).isZero();
      assertThat(bytes(file.section(9).read(100, 3))).containsExactly(7, 7, 7);
      file.verify();
    }
  }

  @Test
  void reportsLengthAndChecksumOfTheWholeFile() throws IOException {
    Path path = folder.resolve("file");
    FinishedFile finished = write(KIND, path);
    byte[] bytes = Files.readAllBytes(path);
    assertThat(finished).isEqualTo(new FinishedFile(bytes.length, Checksum.of(bytes)));
  }

  @Test
  void opensWithOneReadOfTheEnd() throws IOException {
    MemorySource source = new MemorySource(Files.readAllBytes(write(KIND)));
    try (FramedFile file = FramedFile.open(KIND, source)) {
      assertThat(source.takeReads())
          .containsExactly(new MemorySource.Range(source.size() - 1024, 1024));
      file.section(1).readVerified();
      assertThat(source.takeReads()).containsExactly(new MemorySource.Range(16, FIRST.length));
    }
    assertThat(source.isClosed()).isTrue();
  }

  @Test
  void noticesEveryFlippedByte() throws IOException {
    byte[] whole = Files.readAllBytes(write(KIND));
    for (int at = 0; at < whole.length; at += at < 100 || at > whole.length - 200 ? 1 : 997) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      if (isPadding(at)) {
        verify(damaged);
      } else {
        assertThatThrownBy(() -> verify(damaged))
            .as("byte %d", at)
            .isInstanceOf(CorruptDataException.class);
      }
    }
  }

  @Test
  void saysThatAFileIsTruncated() throws IOException {
    byte[] whole = Files.readAllBytes(write(KIND));
    for (int length : new int[] {0, 1, 16, 47, 48, 100, whole.length - 1}) {
      MemorySource source = new MemorySource(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> FramedFile.open(KIND, source))
          .as("length %d", length)
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("truncated");
      assertThat(source.isClosed()).isTrue();
    }
  }

  @Test
  void tellsANewerVersionFromDamage() throws IOException {
    FileKind newer = new FileKind("test.file", "SILT-TST", 4);
    Path path = write(newer);
    assertThatThrownBy(() -> FramedFile.open(KIND, MappedSource.open(path)))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("version 4; this code reads up to version 3");
    FramedFile.open(newer, MappedSource.open(path)).close();
  }

  @Test
  void readsOlderVersions() throws IOException {
    Path path = write(new FileKind("test.file", "SILT-TST", 1));
    try (FramedFile file = FramedFile.open(KIND, MappedSource.open(path))) {
      file.verify();
    }
  }

  @Test
  void refusesAFileOfAnotherKind() throws IOException {
    Path path = write(new FileKind("other.file", "SILT-OTH", 3));
    assertThatThrownBy(() -> FramedFile.open(KIND, MappedSource.open(path)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("is not a test.file");
  }

  @Test
  void refusesReadsOutsideOfASection() throws IOException {
    try (FramedFile file = FramedFile.open(KIND, MappedSource.open(write(KIND)))) {
      Section section = file.section(1);
      assertThatThrownBy(() -> section.read(FIRST.length - 1, 2))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("outside of section 1");
      assertThatThrownBy(() -> section.read(-1, 1)).isInstanceOf(CorruptDataException.class);
      assertThatThrownBy(() -> section.read(Long.MAX_VALUE, 1))
          .isInstanceOf(CorruptDataException.class);
      assertThatThrownBy(() -> file.section(2))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("no section 2");
    }
  }

  @Test
  void refusesToReplaceAFile() throws IOException {
    Path path = write(KIND);
    assertThatThrownBy(() -> FramedFileWriter.create(KIND, path))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static boolean isPadding(int at) {
    int end = FrameTrailer.HEADER_BYTES + FIRST.length;
    return at >= end && at < (end + 7) / 8 * 8;
  }

  private static void verify(byte[] bytes) {
    try (FramedFile file = FramedFile.open(KIND, new MemorySource(bytes))) {
      file.verify();
    }
  }

  private Path write(FileKind kind) throws IOException {
    Path path = Files.createTempDirectory(folder, "file").resolve("test.file");
    write(kind, path);
    return path;
  }

  private static FinishedFile write(FileKind kind, Path path) {
    try (FramedFileWriter writer = FramedFileWriter.create(kind, path)) {
      writer.begin(1);
      writer.put(FIRST);
      writer.begin(4);
      writer.begin(9);
      writer.put(ByteBuffer.wrap(LARGE));
      return writer.finish();
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
