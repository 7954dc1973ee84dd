package dev.siltstone.cdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skipped where there is no Node.js, on which the CDK's library runs. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.siltstone.cdk.NeedsNode$OnThePath#isThere",
    disabledReason = "the CDK library needs node on the PATH")
@interface NeedsNode {
  /** Looks for it. */
  final class OnThePath {
    private OnThePath() {}

    static boolean isThere() {
      return Stream.of(System.getenv("PATH").split(":"))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }
  }
}
