package dev.siltstone.deployed;

import java.util.List;

/** A way to start a function: which of the JVM's compilers, and whose options. */
enum StartMode {
  /** What a managed runtime adds to an on-demand function's command line, and nothing else. */
  C1_PLAIN("C1", "none"),
  C1("C1", "the stack's"),
  ALL_LEVELS_PLAIN("all levels", "none"),
  ALL_LEVELS("all levels", "the stack's"),
  /**
   * What a sandbox restored from a primed snapshot still has to do; how long Lambda takes to
   * restore it is not seen.
   */
  RESTORED("all levels", "the stack's, restored from a snapshot");

  private static final String CRAC = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private final String compiler;
  private final String options;

  StartMode(String compiler, String options) {
    this.compiler = compiler;
    this.options = options;
  }

  /** Those that the function has. */
  static List<StartMode> of(FunctionConfig config) {
    return List.of(values()).subList(0, values().length - (config.snapStart() ? 0 : 1));
  }

  /** Options of the command line, beside those of the environment. */
  String[] commandLine() {
    return switch (this) {
      case C1_PLAIN, C1 -> new String[] {"-XX:TieredStopAtLevel=1"};
      case ALL_LEVELS_PLAIN, ALL_LEVELS -> new String[0];
      case RESTORED -> new String[] {CRAC};
    };
  }

  /** The function's configuration in this mode. */
  FunctionConfig applied(FunctionConfig config) {
    return switch (this) {
      case C1_PLAIN, ALL_LEVELS_PLAIN -> config.without("JAVA_TOOL_OPTIONS");
      case C1, ALL_LEVELS -> config;
      case RESTORED -> config.with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    };
  }

  @Override
  public String toString() {
    return compiler + " | " + options;
  }
}
