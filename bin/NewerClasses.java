import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * usage: java bin/NewerClasses.java JAR...
 *
 * <p>Rewrites the classes of libraries that were compiled for Java 5: same code, with the stack
 * maps of Java 8. Without these the JVM checks such classes by its slow verifier and cannot keep
 * them in an ahead-of-time cache, which makes up half of a command's start. Classes that are new
 * enough stay as they are; a second run changes nothing.
 */
final class NewerClasses {
  private static final int OLD = ClassFile.JAVA_6_VERSION;

  private NewerClasses() {}

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      rewrite(Path.of(jar));
    }
  }

  private static void rewrite(Path jar) throws IOException {
    Path rewritten = jar.resolveSibling(jar.getFileName() + ".newer");
    boolean changed = false;
    try (JarFile from = new JarFile(jar.toFile());
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(rewritten))) {
      ClassFile format = format(from);
      for (JarEntry entry : Collections.list(from.entries())) {
        byte[] found = bytes(from, entry);
        byte[] kept = entry.getName().endsWith(".class") ? newer(format, found) : found;
        changed |= kept != found;
        to.putNextEntry(new JarEntry(entry.getName()));
        to.write(kept);
        to.closeEntry();
      }
    }
    if (changed) {
      Files.move(rewritten, jar, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(rewritten);
    }
  }

  private static byte[] newer(ClassFile format, byte[] found) {
    ClassModel model = format.parse(found);
    if (model.majorVersion() >= OLD) {
      return found;
    }
    ClassTransform withStackMaps =
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform withVersion =
        (to, element) -> {
          if (element instanceof ClassFileVersion) {
            to.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            to.with(element);
          }
        };
    return format.transformClass(model, withStackMaps.andThen(withVersion));
  }

  /** Stack maps need the classes that these extend: of the same library, or of the JDK. */
  private static ClassFile format(JarFile library) {
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(name -> resource(library, name))
            .orElse(ClassHierarchyResolver.defaultResolver());
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
  }

  private static InputStream resource(JarFile library, ClassDesc name) {
    String descriptor = name.descriptorString();
    String path = descriptor.substring(1, descriptor.length() - 1) + ".class";
    JarEntry entry = library.getJarEntry(path);
    try {
      return entry == null
          ? ClassLoader.getSystemResourceAsStream(path)
          : library.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JarFile from, JarEntry entry) throws IOException {
    try (InputStream in = from.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
