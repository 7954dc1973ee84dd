package dev.siltstone.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each function's package holds and what it does not. */
class ArtifactsTest {
  private static final long MEGABYTE = 1_000_000;

  /** Offset of the machine's number in an ELF file, and the numbers (ELF specification). */
  private static final int ELF_MACHINE = 18;

  private static final int X86_64 = 0x3E;
  private static final int AARCH64 = 0xB7;

  @BeforeEach
  void isPackaged() {
    assumeTrue(Artifact.arePackaged(), "not packaged yet: mvnw package comes first");
  }

  @ParameterizedTest
  @EnumSource
  void isSmall(Artifact artifact) throws IOException {
    long bytes = artifact.zippedBytes();
    System.out.printf("%s: %.1f MB zipped%n", artifact, (double) bytes / MEGABYTE);
    assertThat(bytes).isBetween(10 * MEGABYTE, 25 * MEGABYTE);
  }

  @ParameterizedTest
  @EnumSource
  void carriesTheNativesOfLambdasTwoArchitecturesAndNoOthers(Artifact artifact) throws IOException {
    List<String> natives =
        artifact.contents().stream()
            .filter(path -> path.matches(".*\\.(so|dll|dylib|jnilib)"))
            .toList();
    assertThat(natives).hasSize(4);
    assertMachine(artifact, natives, "org/sqlite/native/Linux/x86_64/", X86_64);
    assertMachine(artifact, natives, "org/sqlite/native/Linux/aarch64/", AARCH64);
    assertMachine(artifact, natives, "linux/amd64/libzstd-jni", X86_64);
    assertMachine(artifact, natives, "linux/aarch64/libzstd-jni", AARCH64);
  }

  private static void assertMachine(
      Artifact artifact, List<String> natives, String prefix, int machine) throws IOException {
    Path file =
        artifact
            .folder()
            .resolve(
                natives.stream().filter(path -> path.startsWith(prefix)).findFirst().orElseThrow());
    assertThat(Files.readAllBytes(file)[ELF_MACHINE] & 0xFF).as(prefix).isEqualTo(machine);
  }

  @ParameterizedTest
  @EnumSource
  void carriesNothingThatItDoesNotUse(Artifact artifact) throws IOException {
    List<String> contents = artifact.contents();
    assertThat(contents)
        .contains("META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
        .noneMatch(path -> path.contains("onnx"))
        .noneMatch(path -> path.contains("netty"))
        .noneMatch(path -> path.contains("joda"))
        .noneMatch(path -> path.contains("junit"))
        .noneMatch(path -> path.contains("slf4j-simple"))
        .noneMatch(path -> path.endsWith("module-info.class") && !path.contains("!"));
    assertThat(contents.stream().anyMatch(path -> path.contains("lib/bedrockruntime")))
        .isEqualTo(artifact != Artifact.COMPACTOR);
  }
}
