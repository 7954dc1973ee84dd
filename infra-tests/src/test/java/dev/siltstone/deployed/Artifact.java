package dev.siltstone.deployed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A function's package as the build leaves it: a folder that is zipped when it is deployed. */
public enum Artifact {
  PRODUCER("producer-lambda"),
  COMPACTOR("compactor-lambda"),
  QUERY("query-lambda");

  private final String module;

  Artifact(String module) {
    this.module = module;
  }

  /** What Lambda unpacks to {@code /var/task}. */
  public Path folder() {
    return folder(Path.of(".."));
  }

  /** The same of another checkout. */
  Path folder(Path checkout) {
    return checkout.resolve(module, "target", "lambda").toAbsolutePath().normalize();
  }

  /** Whether the build has come that far: {@code test} alone packages nothing. */
  public static boolean arePackaged() {
    return Stream.of(values()).allMatch(artifact -> Files.isDirectory(artifact.folder()));
  }

  /** Bytes of the zip. */
  long zippedBytes() throws IOException {
    return zippedBytes(folder());
  }

  static long zippedBytes(Path folder) throws IOException {
    long[] bytes = new long[1];
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            bytes[0]++;
          }

          @Override
          public void write(byte[] b, int offset, int length) {
            bytes[0] += length;
          }
        };
    try (ZipOutputStream zip = new ZipOutputStream(counting)) {
      for (Path file : files(folder)) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return bytes[0];
  }

  /** Paths of everything in it, also inside of jars. */
  List<String> contents() throws IOException {
    List<String> contents = new ArrayList<>();
    for (Path file : files(folder())) {
      contents.add(folder().relativize(file).toString());
      if (file.toString().endsWith(".jar")) {
        try (ZipFile jar = new ZipFile(file.toFile())) {
          jar.stream()
              .map(entry -> file.getFileName() + "!" + entry.getName())
              .forEach(contents::add);
        }
      }
    }
    return contents;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
