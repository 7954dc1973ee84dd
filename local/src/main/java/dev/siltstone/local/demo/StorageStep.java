package dev.siltstone.local.demo;

import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.terminal.Screen;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.report.Units;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.storage.ListedObject;
import java.nio.file.Path;
import java.util.List;

/** What now lies in storage: the objects, the log, the newest snapshot. */
final class StorageStep {
  private final Screen screen;
  private final Path folder;

  StorageStep(Screen screen, Path folder) {
    this.screen = screen;
    this.folder = folder;
  }

  void run(LocalNode node, DemoCollection collection) {
    List<ListedObject> objects = node.storedObjects();
    long bytes = objects.stream().mapToLong(ListedObject::bytes).sum();
    screen.line("");
    screen.line(
        screen.bold("Stored   ")
            + Units.count(objects.size(), "object")
            + ", "
            + Units.bytes(bytes)
            + screen.faint(", in " + folder + "/objects (in the cloud: an S3 bucket)"));
    StorageTree.lines(screen, objects).forEach(screen::detail);
    node.log(collection.id()).ifPresent(this::log);
    node.snapshot(collection.id()).ifPresent(this::snapshot);
  }

  private void log(HeadAndTip now) {
    screen.line(
        screen.bold("Log      ")
            + "%d places given out, all up to %s are folded"
                .formatted(now.head().lastReserved().value(), now.tip().folded())
            + screen.faint(", in " + folder + "/siltstone.db (in the cloud: a DynamoDB table)"));
  }

  private void snapshot(Manifest manifest) {
    screen.line(
        screen.bold("Snapshot ")
            + "generation %s: %s in %s, checksum of their content %s…"
                .formatted(
                    manifest.generation(),
                    Units.count(manifest.liveRecords(), "record"),
                    Units.count(manifest.segments().size(), "segment"),
                    manifest.content().toString().substring(0, 16)));
  }
}
