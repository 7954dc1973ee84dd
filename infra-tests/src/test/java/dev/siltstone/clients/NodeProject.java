package dev.siltstone.clients;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An npm project of the test resources, installed under {@code target} by its lock file. */
final class NodeProject {
  private static final long INSTALL_SECONDS = 120;
  private static final long RUN_SECONDS = 120;

  private final ProjectFolder folder;

  private NodeProject(ProjectFolder folder) {
    this.folder = folder;
  }

  /**
   * Installs it; skips the calling test, with the reason, where npm or its registry is missing.
   *
   * @param scripts that will be run
   */
  static NodeProject install(String name, String... scripts) throws Exception {
    List<String> files = new ArrayList<>(List.of("package.json", "package-lock.json"));
    files.addAll(List.of(scripts));
    ProjectFolder folder = ProjectFolder.of(name, files);
    ProjectFolder.Output npm =
        folder.run(
            INSTALL_SECONDS,
            List.of("npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"));
    if (npm.status() != 0) {
      abort("npm ci does not work here: " + npm.text().strip());
    }
    return new NodeProject(folder);
  }

  /** Runs a script, which must succeed; returns what it printed. */
  String run(String script, String... arguments) throws Exception {
    return run(Map.of(), script, arguments);
  }

  /** The same with more in its environment. */
  String run(Map<String, String> environment, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    return folder.run(RUN_SECONDS, environment, command).expected();
  }
}
