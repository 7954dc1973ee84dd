package dev.siltstone.distance;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What this JVM's just-in-time compiler can do, asked from the JVM itself. */
final class JvmCompiler {
  private JvmCompiler() {}

  /**
   * Why the Vector API would be slow here, or null where it is fast. The property answers the usual
   * case (on-demand Lambda functions stop at C1) at once; the diagnostic bean costs some 25 ms.
   */
  static @Nullable String obstacleToSimd() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted")) {
      return "interpreted";
    }
    if (mode.contains("emulated-client")) {
      return "C1 only";
    }
    return VectorApi.isThere() ? obstacleInFlags() : "module jdk.incubator.vector is not there";
  }

  private static @Nullable String obstacleInFlags() {
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (flags == null) {
      return "not a HotSpot JVM";
    }
    boolean tiered = Boolean.parseBoolean(value(flags, "TieredCompilation", "true"));
    if (tiered && Integer.parseInt(value(flags, "TieredStopAtLevel", "4")) < 4) {
      return "C1 only";
    }
    return Boolean.parseBoolean(value(flags, "UseFMA", "true")) ? null : "no fused multiply-add";
  }

  private static String value(HotSpotDiagnosticMXBean flags, String name, String absent) {
    try {
      return flags.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return absent; // this build of the JVM does not have the flag
    }
  }
}
