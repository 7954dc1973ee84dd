package dev.siltstone.local;

import com.github.luben.zstd.util.ZstdVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Unpacks the native code of SQLite and zstd for this machine, once and for all starts: left to
 * themselves, these libraries do it anew each time a process starts, and look through the folder
 * for temporary files for what earlier processes left there. The launcher names the unpacked files
 * to them by {@code org.sqlite.lib.path} and {@code ZstdNativePath}.
 */
final class NativeLibraries {
  private static final Map<String, String> ZSTD_PROCESSORS =
      Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "aarch64");

  private NativeLibraries() {}

  /** Writes them into a folder, as far as they are known for this machine. */
  static void unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    String sqlite = LibraryLoaderUtil.getNativeLibName();
    copy(
        SQLiteJDBCLoader.class,
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + sqlite,
        folder.resolve(sqlite));
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
      copy(
          ZstdVersion.class,
          "/linux/%s/libzstd-jni-%s.so"
              .formatted(
                  ZSTD_PROCESSORS.getOrDefault(System.getProperty("os.arch"), "unknown"),
                  ZstdVersion.VERSION),
          folder.resolve("libzstd-jni.so"));
    }
  }

  private static void copy(Class<?> library, String resource, Path to) throws IOException {
    try (@Nullable InputStream in = library.getResourceAsStream(resource)) {
      if (in != null) {
        Files.copy(in, to);
      }
    }
  }
}
