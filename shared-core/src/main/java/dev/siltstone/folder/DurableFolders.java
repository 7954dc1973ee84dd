package dev.siltstone.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Folders below a root whose files keep their names over a power loss once {@link #settle} has
 * returned. A file is reachable only if every folder above it is, so the first use of a folder
 * syncs its ancestors too; later uses sync the folder alone. Other processes may remove an empty
 * folder and make a new one of the same name meanwhile, so a folder is known by its identity, not
 * by its name.
 */
public final class DurableFolders {
  private static final int CREATE_ATTEMPTS = 100;

  private final Path root;
  private final Map<Path, Identity> settled = new ConcurrentHashMap<>();

  private record Identity(@Nullable Object fileKey, FileTime created) {
    static Identity of(Path folder) throws IOException {
      var attributes = Files.readAttributes(folder, BasicFileAttributes.class);
      return new Identity(attributes.fileKey(), attributes.creationTime());
    }
  }

  /** Folders below this one, which is created if needed. */
  public DurableFolders(Path root) throws IOException {
    create(root);
    this.root = root.toRealPath();
  }

  public Path root() {
    return root;
  }

  /** Creates the folders above a file, so that it can be created; durable once it is settled. */
  public void createAbove(Path file) throws IOException {
    List<Path> folders = above(file);
    for (int attempt = 1; !Files.isDirectory(folders.getFirst()); attempt++) {
      try {
        Files.createDirectories(folders.getFirst());
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        // Another one removes these folders while this one makes them: both mean "try again".
        if (attempt == CREATE_ATTEMPTS) {
          throw new IOException("cannot create " + folders.getFirst(), e);
        }
      }
    }
  }

  /**
   * Makes the name of a file, and the way to it, durable. A file whose folder has been removed
   * meanwhile has nothing left to settle.
   */
  public void settle(Path file) throws IOException {
    try {
      settleWay(above(file));
    } catch (NoSuchFileException e) {
      settled.remove(above(file).getFirst());
    }
  }

  private void settleWay(List<Path> folders) throws IOException {
    Path nearest = folders.getFirst();
    Identity identity = Identity.of(nearest);
    if (identity.equals(settled.get(nearest))) {
      sync(nearest);
      return;
    }
    for (Path folder : folders) {
      sync(folder);
    }
    settled.put(nearest, identity);
  }

  /**
   * Removes the folders above a deleted file as far as they are empty. A folder that somebody fills
   * at the same moment stays.
   */
  public void removeEmptyAbove(Path file) {
    List<Path> folders = above(file);
    for (Path folder : folders.subList(0, folders.size() - 1)) {
      settled.remove(folder);
      try {
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        // Not empty, or about to be used: the normal end of the way up.
        return;
      }
    }
  }

  /** From the folder that holds the file up to the root. */
  private List<Path> above(Path file) {
    List<Path> folders = new ArrayList<>();
    for (Path folder = file.getParent();
        folder != null && folder.startsWith(root);
        folder = folder.getParent()) {
      folders.add(folder);
    }
    if (folders.isEmpty()) {
      throw new IllegalArgumentException(file + " is not below " + root);
    }
    return folders;
  }

  /** Creates a folder with those above it, durably. */
  public static void create(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      return;
    }
    Path parent = absolute.getParent();
    if (parent != null) {
      create(parent);
    }
    Files.createDirectories(absolute);
    if (parent != null) {
      sync(parent);
    }
  }

  /** Makes the entries of a folder durable. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
