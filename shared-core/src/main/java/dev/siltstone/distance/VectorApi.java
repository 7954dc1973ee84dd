package dev.siltstone.distance;

/**
 * The module of the Vector API, which is there if the JVM was started with {@code
 * --add-modules=jdk.incubator.vector}, or is loaded when first asked for.
 *
 * <p>A start with that option cannot use classes linked ahead of time: the JVM (25) does not
 * archive a module graph with an incubating module in it. Linked classes save more of a start than
 * any other single thing, so the launcher leaves the option out and its jar's manifest exports
 * {@code jdk.internal.module}, whose {@code Modules.loadModule} is what the JVM itself uses for
 * modules it needs late. Where that is not permitted, or a later JDK has it no more, the plain
 * kernel stays.
 */
final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";

  private VectorApi() {}

  /** Whether the Vector API can be used from now on. */
  static boolean isThere() {
    return ModuleLayer.boot().findModule(MODULE).isPresent() || loads();
  }

  private static boolean loads() {
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, MODULE);
      Class.forName("jdk.incubator.vector.FloatVector");
      return true;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }
}
