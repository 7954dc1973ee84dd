package dev.siltstone.distance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelChoiceTest {
  private static final String VECTOR_API = "--add-modules=jdk.incubator.vector";

  /** Runs in a JVM of its own and tells what it chose. */
  static final class Probe {
    private Probe() {}

    static void main(String[] args) {
      KernelChoice choice = KernelChoice.ofThisJvm();
      System.out.println(choice.kernel().name().split("-", 2)[0] + ": " + choice.reason());
    }
  }

  @ParameterizedTest
  @CsvSource({
    VECTOR_API + ",simd: C2 compiles the Vector API",
    VECTOR_API + " -XX:TieredStopAtLevel=1,scalar: C1 only",
    VECTOR_API + " -XX:TieredStopAtLevel=3,scalar: C1 only",
    VECTOR_API + " -Xint,scalar: interpreted",
    "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED,simd: C2 compiles the Vector API",
    "-Xshare:auto,scalar: module jdk.incubator.vector is not there",
  })
  void followsTheCompilerOfTheJvm(String options, String expected) throws Exception {
    assertThat(probe(List.of(options.split(" ")))).isEqualTo(expected);
  }

  private static String probe(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.strip();
  }
}
