package dev.siltstone.storage.directory;

import dev.siltstone.folder.ScratchFolder;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A complete, synced file in the store's scratch folder, ready to be named by a hard link. A local
 * file is linked there where that is possible, and copied otherwise.
 */
record StagedBody(Path path, ETag etag) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StagedBody.class);
  private static final int BUFFER_BYTES = 1 << 18;

  static StagedBody of(ObjectBody body, ScratchFolder scratch) throws IOException {
    Path path = scratch.newPath();
    try {
      switch (body) {
        case ObjectBody.Bytes(byte[] bytes) -> write(bytes, path);
        case ObjectBody.LocalFile(Path file) -> linkOrCopy(file, path);
      }
      return new StagedBody(path, syncedAndDigested(path));
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static void write(byte[] bytes, Path target) throws IOException {
    Files.write(target, bytes, StandardOpenOption.CREATE_NEW);
  }

  private static void linkOrCopy(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file.toRealPath());
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      // Another file system, or one that allows no link to this file.
      Files.copy(file, target);
    }
  }

  private static ETag syncedAndDigested(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
      MessageDigest digest = Checksum.newDigest();
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, channel.size() + 1));
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      return new ETag(Checksum.of(digest).hex());
    }
  }

  /** Gives up the name in the scratch folder. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The put has ended as it has; the name goes with the scratch folder.
      LOG.warn("cannot remove {}", path, e);
    }
  }
}
