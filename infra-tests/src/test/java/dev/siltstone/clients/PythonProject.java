package dev.siltstone.clients;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Python scripts of the test resources, with what they require in a venv under {@code target}. */
final class PythonProject {
  private static final long INSTALL_SECONDS = 180;
  private static final long RUN_SECONDS = 120;
  private static final String REQUIREMENTS = "requirements.txt";

  private final ProjectFolder folder;
  private final Path python;

  private PythonProject(ProjectFolder folder, Path python) {
    this.folder = folder;
    this.python = python;
  }

  /**
   * Installs it; skips the calling test, with the reason, where Python or its packages are missing.
   *
   * @param scripts that will be run
   */
  static PythonProject install(String name, String... scripts) throws Exception {
    List<String> files = new ArrayList<>(List.of(REQUIREMENTS));
    files.addAll(List.of(scripts));
    ProjectFolder folder = ProjectFolder.of(name, files);
    Path python = folder.path().resolve("venv/bin/python");
    if (!Files.exists(python)) {
      mustWork(folder, "python3", "-m", "venv", "venv");
    }
    mustWork(
        folder,
        python.toString(),
        "-m",
        "pip",
        "install",
        "-q",
        "--no-compile",
        "-r",
        REQUIREMENTS);
    return new PythonProject(folder, python);
  }

  private static void mustWork(ProjectFolder folder, String... command)
      throws IOException, InterruptedException {
    ProjectFolder.Output output = folder.run(INSTALL_SECONDS, List.of(command));
    if (output.status() != 0) {
      abort(String.join(" ", command) + " does not work here: " + output.text().strip());
    }
  }

  /** Runs a script, which must succeed; returns what it printed. */
  String run(String script, String... arguments) throws Exception {
    return run(Map.of(), script, arguments);
  }

  /** The same with more in its environment. */
  String run(Map<String, String> environment, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python.toString(), script));
    command.addAll(List.of(arguments));
    return folder.run(RUN_SECONDS, environment, command).expected();
  }
}
