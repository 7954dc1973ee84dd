package dev.siltstone.local.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The texts under some folders and files. A folder gives its text files by their endings, without
 * hidden and generated ones; a file that is named itself need only be UTF-8. Those that are not, or
 * are too large to be prose, are counted as skipped.
 */
record TextFiles(List<TextFile> files, int skipped) {
  private static final long MAX_BYTES = 16L << 20;
  private static final Set<String> ENDINGS =
      Set.of("md", "markdown", "mdx", "txt", "text", "rst", "adoc", "asciidoc", "org", "tex");
  private static final Set<String> GENERATED = Set.of("target", "build", "node_modules", "cdk.out");

  /**
   * Reads them all, in the order of the arguments, folders in the order of names.
   *
   * @param base files below it are named from there, others by their whole path
   * @throws NoSuchFileException if an argument does not exist
   */
  static TextFiles read(List<Path> roots, Path base) throws IOException {
    List<TextFile> files = new ArrayList<>();
    int skipped = 0;
    for (Path root : roots) {
      List<Path> found = Files.isDirectory(root) ? walk(root) : List.of(root);
      for (Path path : found) {
        if (Files.size(path) <= MAX_BYTES && isText(Files.readAllBytes(path))) {
          files.add(new TextFile(name(base, path), Files.readString(path)));
        } else {
          skipped++;
        }
      }
    }
    return new TextFiles(List.copyOf(files), skipped);
  }

  long characters() {
    return files.stream().mapToLong(file -> file.text().length()).sum();
  }

  private static String name(Path base, Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path from = base.toAbsolutePath().normalize();
    Path name = absolute.startsWith(from) ? from.relativize(absolute) : absolute;
    return name.toString().replace('\\', '/');
  }

  private static boolean isText(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .chars()
          .noneMatch(c -> c == 0);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static List<Path> walk(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return path.equals(folder) || isWanted(path)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isWanted(path) && hasTextEnding(path)) {
              found.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private static boolean isWanted(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith(".") && !GENERATED.contains(name);
  }

  private static boolean hasTextEnding(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
