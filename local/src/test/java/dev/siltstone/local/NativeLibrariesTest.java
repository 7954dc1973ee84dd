package dev.siltstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NativeLibrariesTest {
  @TempDir Path folder;

  @Test
  void areUsedFromWhereTheyWereUnpacked() throws Exception {
    Path natives = folder.resolve("natives");
    NativeLibraries.unpack(natives);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.sqlite.lib.path=" + natives,
                "-DZstdNativePath=" + natives.resolve("libzstd-jni.so"),
                "-Djava.io.tmpdir=" + empty,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Loading.class.getName())
            .inheritIO()
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** Loads both libraries, and fails if one of them unpacks itself on the way. */
  static final class Loading {
    private Loading() {}

    public static void main(String[] arguments) throws Exception {
      new com.github.luben.zstd.ZstdDecompressCtx().close();
      if (!org.sqlite.SQLiteJDBCLoader.initialize()) {
        throw new IllegalStateException("no native SQLite");
      }
      List<String> mapped =
          Files.readAllLines(Path.of("/proc/self/maps")).stream()
              .filter(line -> line.contains("sqlite") || line.contains("zstd"))
              .filter(line -> line.contains(System.getProperty("java.io.tmpdir")))
              .toList();
      if (!mapped.isEmpty()) {
        throw new IllegalStateException("unpacked once more: " + mapped);
      }
    }
  }
}
