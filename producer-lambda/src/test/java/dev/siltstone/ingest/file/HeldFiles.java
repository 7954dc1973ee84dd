package dev.siltstone.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.storage.Checksum;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Files and reports in memory; a download may break. */
final class HeldFiles implements FileStore {
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, byte[]> reports = new HashMap<>();
  private long breaksAfter = Long.MAX_VALUE;

  DroppedFile drop(String key, byte[] content) {
    files.put(key, content);
    return new DroppedFile(key, etag(content), content.length);
  }

  /** Downloads end with an error after so many bytes. */
  void breakAfter(long bytes) {
    breaksAfter = bytes;
  }

  void forgetReports() {
    reports.clear();
  }

  String reportOf(DroppedFile file) {
    return new String(Objects.requireNonNull(reports.get(file.reportKey())), UTF_8);
  }

  @Override
  public Optional<InputStream> open(DroppedFile file, long offset) {
    byte[] content = Objects.requireNonNull(files.get(file.key()));
    if (!etag(content).equals(file.etag())) {
      return Optional.empty();
    }
    InputStream all = new ByteArrayInputStream(content);
    try {
      all.skipNBytes(offset);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Optional.of(new Breaking(all, breaksAfter));
  }

  @Override
  public Optional<byte[]> report(DroppedFile file) {
    return Optional.ofNullable(reports.get(file.reportKey()));
  }

  @Override
  public void report(DroppedFile file, byte[] report) {
    reports.put(file.reportKey(), report);
  }

  private static String etag(byte[] content) {
    return Checksum.of(content).hex().substring(0, 32);
  }

  private static final class Breaking extends FilterInputStream {
    private long left;

    Breaking(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left <= 0) {
        throw new IOException("the connection broke");
      }
      int read = super.read(to, offset, (int) Math.min(left, length));
      left -= read;
      return read;
    }
  }
}
