package dev.siltstone.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.segment.SegmentFile;
import dev.siltstone.storage.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingFileTest {
  private static final int HERE = 600_000;

  @TempDir Path folder;

  private final byte[] bytes = new byte[1_000_000];
  private Path part;

  @BeforeEach
  void nothingIsHere() {
    new Random(1).nextBytes(bytes);
    part = folder.resolve("file.part");
  }

  @Test
  void isVerifiedWithItsLastByteWithoutBeingReadAgain() throws IOException {
    try (ArrivingFile file = ArrivingFile.at(part, bytes.length)) {
      assertThat(file.begins()).isZero();
      for (int from = 0; from < bytes.length; from += 7_777) {
        assertThat(file.length()).isEqualTo(from);
        file.write(ByteBuffer.wrap(bytes, from, Math.min(7_777, bytes.length - from)));
      }
      assertThat(part).hasBinaryContent(bytes);
      Files.write(part, new byte[10]);

      assertThat(file.matches(expected())).isTrue();
    }
  }

  @Test
  void goesOnFromWhatIsHereAndVerifiesThatToo() throws IOException {
    Files.write(part, Arrays.copyOf(bytes, HERE));
    assertThat(completed()).isTrue();
    assertThat(part).hasBinaryContent(bytes);

    byte[] wrong = Arrays.copyOf(bytes, HERE);
    wrong[HERE - 1]++;
    Files.write(part, wrong);
    assertThat(completed()).isFalse();
  }

  @Test
  void verifiesWhatHadArrivedWholly() throws IOException {
    Files.write(part, bytes);
    try (ArrivingFile file = ArrivingFile.at(part, bytes.length)) {
      assertThat(file.begins()).isEqualTo(bytes.length);
      assertThat(file.matches(expected())).isTrue();
    }
  }

  @Test
  void believesNoMoreThanTheFilesLength() throws IOException {
    Files.write(part, Arrays.copyOf(bytes, bytes.length + 5));
    try (ArrivingFile file = ArrivingFile.at(part, bytes.length)) {
      assertThat(file.matches(expected())).isTrue();
    }
    assertThat(part).hasBinaryContent(bytes);
  }

  @Test
  void isWrongWhileBytesAreMissing() throws IOException {
    try (ArrivingFile file = ArrivingFile.at(part, bytes.length)) {
      file.write(ByteBuffer.wrap(bytes, 0, HERE));
      assertThat(file.matches(expected())).isFalse();
    }
  }

  private boolean completed() throws IOException {
    try (ArrivingFile file = ArrivingFile.at(part, bytes.length)) {
      assertThat(file.begins()).isEqualTo(HERE);
      file.write(ByteBuffer.wrap(bytes, HERE, bytes.length - HERE));
      return file.matches(expected());
    }
  }

  private SegmentFile expected() {
    return new SegmentFile("file", bytes.length, Checksum.of(bytes));
  }
}
