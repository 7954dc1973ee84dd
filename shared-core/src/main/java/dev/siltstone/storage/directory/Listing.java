package dev.siltstone.storage.directory;

import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk over files in the order of their keys. That is not the order of names folder by folder: a
 * folder counts with its slash, so {@code a-b} comes before {@code a/c}.
 */
final class Listing {
  private final Path root;
  private final String prefix;
  private final String after;
  private final int limit;
  private final List<ListedObject> found = new ArrayList<>();

  Listing(Path root, String prefix, @Nullable ObjectKey after, int limit) {
    this.root = root;
    this.prefix = prefix;
    this.after = after == null ? "" : after.value();
    this.limit = limit;
  }

  /** A file, or a folder whose key then ends with a slash. */
  private record Child(String key, Path path, BasicFileAttributes attributes) {}

  List<ListedObject> objects() throws IOException {
    visit(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    return found;
  }

  private void visit(String folder) throws IOException {
    for (Child child : children(folder)) {
      if (found.size() >= limit) {
        return;
      }
      if (child.attributes.isDirectory()) {
        visit(child.key);
      } else {
        var time = child.attributes.lastModifiedTime().toInstant();
        found.add(new ListedObject(new ObjectKey(child.key), child.attributes.size(), time));
      }
    }
  }

  private List<Child> children(String folder) throws IOException {
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
      for (Path entry : entries) {
        addIfWanted(children, folder + entry.getFileName(), entry);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(Comparator.comparing(Child::key));
    return children;
  }

  private void addIfWanted(List<Child> children, String key, Path path) throws IOException {
    if (!mayHold(key)) {
      return;
    }
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        children.add(new Child(key + "/", path, attributes));
      } else if (key.startsWith(prefix) && key.compareTo(after) > 0) {
        children.add(new Child(key, path, attributes));
      }
    } catch (NoSuchFileException e) {
      // Deleted since the folder was read: it is not part of the listing.
    }
  }

  /**
   * Whether this key, or one below it if it is a folder, can start with the prefix after the mark.
   */
  private boolean mayHold(String key) {
    String asFolder = key + "/";
    boolean inPrefix =
        key.startsWith(prefix) || prefix.startsWith(asFolder) || asFolder.equals(prefix);
    boolean beyondMark =
        key.compareTo(after) > 0 || asFolder.compareTo(after) > 0 || after.startsWith(asFolder);
    return inPrefix && beyondMark;
  }
}
