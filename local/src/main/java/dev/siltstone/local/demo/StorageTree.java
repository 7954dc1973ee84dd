package dev.siltstone.local.demo;

import dev.siltstone.local.terminal.Screen;
import dev.siltstone.report.Units;
import dev.siltstone.storage.ListedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Object keys drawn as a tree, with sizes and what each file is for. Folders with many files are
 * summed up; long ids are shortened to what tells them apart.
 */
final class StorageTree {
  private static final int MANY_FILES = 6;
  private static final int NAME_WIDTH = 46;
  private static final Pattern UUID_TAIL =
      Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Screen screen;
  private final List<String> lines = new ArrayList<>();

  private StorageTree(Screen screen) {
    this.screen = screen;
  }

  static List<String> lines(Screen screen, List<ListedObject> objects) {
    Folder root = new Folder();
    for (ListedObject object : objects) {
      root.add(List.of(object.key().value().split("/")), object.bytes());
    }
    StorageTree tree = new StorageTree(screen);
    tree.children(root, "");
    return tree.lines;
  }

  private void children(Folder folder, String indent) {
    int left = folder.folders.size() + (folder.isCrowded() ? 1 : folder.files.size());
    for (Map.Entry<String, Folder> child : folder.folders.entrySet()) {
      folder(child.getKey(), child.getValue(), indent, --left == 0);
    }
    if (folder.isCrowded()) {
      file(Units.count(folder.files.size(), "file"), folder.bytes(), "", indent, true);
      return;
    }
    for (Map.Entry<String, Long> file : folder.files.entrySet()) {
      file(file.getKey(), file.getValue(), purpose(file.getKey()), indent, --left == 0);
    }
  }

  private void folder(String name, Folder folder, String indent, boolean last) {
    String path = name + "/";
    Folder inner = folder;
    while (inner.files.isEmpty() && inner.folders.size() == 1) {
      Map.Entry<String, Folder> only = inner.folders.firstEntry();
      path += only.getKey() + "/";
      inner = only.getValue();
    }
    lines.add(screen.faint(indent + branch(last)) + shortened(path) + note(purpose(name)));
    children(inner, indent + (last ? "   " : "│  "));
  }

  private void file(String name, long bytes, String purpose, String indent, boolean last) {
    String drawn = indent + branch(last);
    String shown = shortened(name);
    String gap = " ".repeat(Math.max(1, NAME_WIDTH - drawn.length() - shown.length()));
    lines.add(
        screen.faint(drawn) + shown + gap + "%8s".formatted(Units.bytes(bytes)) + note(purpose));
  }

  private String note(String purpose) {
    return purpose.isEmpty() ? "" : screen.faint("  " + purpose);
  }

  private static String branch(boolean last) {
    return last ? "└─ " : "├─ ";
  }

  private static String shortened(String name) {
    return UUID_TAIL.matcher(name).replaceAll("$1…");
  }

  private static String purpose(String name) {
    return switch (name) {
      case "delta" -> "what producers wrote, never changed";
      case "segment" -> "what the compactor made of it, searchable where it lies";
      case "snapshot" -> "which segments make a version";
      case "graph.hnsw" -> "vectors";
      case "ids.idx" -> "ids to rows";
      case "rows.blk" -> "documents and metadata";
      case "filters.idx" -> "metadata values to rows";
      case "text.idx" -> "pieces of text to rows";
      case "manifest.json" -> "one version, with checksums";
      case "pointer.json" -> "the newest version: the one object that is ever replaced";
      default -> "";
    };
  }

  private static final class Folder {
    private final TreeMap<String, Folder> folders = new TreeMap<>();
    private final TreeMap<String, Long> files = new TreeMap<>();

    void add(List<String> path, long bytes) {
      if (path.size() == 1) {
        files.put(path.getFirst(), bytes);
      } else {
        folders
            .computeIfAbsent(path.getFirst(), _ -> new Folder())
            .add(path.subList(1, path.size()), bytes);
      }
    }

    boolean isCrowded() {
      return files.size() > MANY_FILES;
    }

    long bytes() {
      return files.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
