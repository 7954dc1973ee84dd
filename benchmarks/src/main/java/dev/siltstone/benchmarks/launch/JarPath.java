package dev.siltstone.benchmarks.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What of this JVM's class path an index needs, with folders packed into jars: a cache is made from
 * jars alone.
 */
final class JarPath {
  private static final List<String> LIBRARIES = List.of("shared-core", "RoaringBitmap", "slf4j");

  private JarPath() {}

  /**
   * Packs what is not packed.
   *
   * @param folder for the jars
   */
  static String in(Path folder) throws IOException {
    StringJoiner path = new StringJoiner(File.pathSeparator);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path at = Path.of(entry);
      if (Files.isDirectory(at)) {
        path.add(pack(at, Files.createTempFile(folder, "classes-", ".jar")).toString());
      } else if (LIBRARIES.stream().anyMatch(at.getFileName().toString()::startsWith)) {
        path.add(entry);
      }
    }
    return path.toString();
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(classes)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
