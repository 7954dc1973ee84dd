package dev.siltstone.operations.command;

import java.io.IOException;
import java.nio.file.Path;

/** Where a command may put files for a while. */
@FunctionalInterface
public interface Scratch {
  /** A new empty folder. */
  Path newFolder() throws IOException;
}
