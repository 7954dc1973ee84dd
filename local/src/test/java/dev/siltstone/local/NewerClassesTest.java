package dev.siltstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassesTest {
  private static final int JAVA_8 = 52;

  @TempDir Path folder;
  private Path library;

  @BeforeEach
  void copyAnOldLibrary() throws IOException, URISyntaxException {
    library = folder.resolve("picocli.jar");
    URL found = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
    Files.copy(Path.of(found.toURI()), library);
    assertThat(oldest()).isLessThan(JAVA_8);
  }

  @Test
  void givesEveryClassAFormatThatACacheCanHold() throws Exception {
    rewrite();
    assertThat(oldest()).isGreaterThanOrEqualTo(JAVA_8);
  }

  @Test
  void leavesClassesThatTheJvmVerifies() throws Exception {
    rewrite();
    try (URLClassLoader loader = loader()) {
      for (String name : classes()) {
        assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
      }
    }
  }

  @Test
  void changesNothingTheSecondTime() throws Exception {
    rewrite();
    byte[] once = Files.readAllBytes(library);
    rewrite();
    assertThat(library).hasBinaryContent(once);
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(library));
  }

  private void rewrite() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Path.of("..", "bin", "NewerClasses.java").toString(),
                library.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private int oldest() throws IOException {
    try (JarFile jar = new JarFile(library.toFile())) {
      int oldest = Integer.MAX_VALUE;
      for (JarEntry entry : entries(jar)) {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
          in.skipNBytes(6);
          oldest = Math.min(oldest, in.readUnsignedShort());
        }
      }
      return oldest;
    }
  }

  private List<String> classes() throws IOException {
    try (JarFile jar = new JarFile(library.toFile())) {
      return entries(jar).stream()
          .map(entry -> entry.getName().replace(".class", "").replace('/', '.'))
          .toList();
    }
  }

  private static List<JarEntry> entries(JarFile jar) {
    return jar.stream().filter(entry -> entry.getName().matches("picocli/.*\\.class")).toList();
  }

  /** Without the classes of this test's own path, among which the library is too. */
  private URLClassLoader loader() throws IOException {
    return new URLClassLoader(
        new URL[] {library.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }
}
