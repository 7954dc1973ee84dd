package dev.siltstone.storage.directory;

import dev.siltstone.folder.DurableFolders;
import dev.siltstone.folder.ScratchFolder.LeftoverHandler;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a killed process left under {@code tmp/}. A staged file with a second name was killed
 * between naming and syncing: its second name is what tells readers so. Before it goes, every
 * folder of the store is synced; which one it was is not known, and this is rare.
 */
final class HalfDonePuts extends SimpleFileVisitor<Path> implements LeftoverHandler {
  private final Path objects;

  HalfDonePuts(Path objects) {
    this.objects = objects;
  }

  @Override
  public void handle(Path leftover) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(leftover)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && LinkCount.of(file) > 1) {
          Files.walkFileTree(objects, this);
          return;
        }
      }
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    try {
      DurableFolders.sync(folder);
      return FileVisitResult.CONTINUE;
    } catch (NoSuchFileException e) {
      return FileVisitResult.SKIP_SUBTREE;
    }
  }

  /** Files and folders may be deleted while the walk goes on. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }
}
