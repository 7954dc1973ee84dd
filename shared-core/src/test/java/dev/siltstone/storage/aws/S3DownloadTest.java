package dev.siltstone.storage.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3DownloadTest {
  private static final int PART = S3Download.PART_BYTES;
  private static final ObjectKey KEY = new ObjectKey("segment/x/y");

  @TempDir Path folder;

  private final AwsCalls calls = new AwsCalls(Clock.system(), new Random(1));
  private final byte[] object = bytes(3 * PART + 5);

  @Test
  void asksForAllPartsAtOnceWhereTheSizeIsKnown() {
    CountDownLatch all = new CountDownLatch(4);
    S3Download.Source whenAllAreAskedFor =
        (_, offset, length) -> {
          all.countDown();
          await(all);
          return part(offset, length);
        };

    Path file = folder.resolve("file");
    S3Download download = new S3Download(calls, new DownloadRoom(), whenAllAreAskedFor, KEY, file);

    assertThat(download.run(0, object.length)).isEqualTo(object.length);
    assertThat(file).hasBinaryContent(object);
  }

  @Test
  void keepsAllDownloadsTogetherWithinTheirRoom() throws Exception {
    DownloadRoom room = new DownloadRoom();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    S3Download.Source counting =
        (_, offset, length) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          try {
            return part(offset, length);
          } finally {
            now.decrementAndGet();
          }
        };
    List<Future<Long>> downloads = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        Path file = folder.resolve("file-" + i);
        downloads.add(
            threads.submit(
                () -> new S3Download(calls, room, counting, KEY, file).run(0, object.length)));
      }
    }

    for (Future<Long> download : downloads) {
      assertThat(download.get()).isEqualTo(object.length);
    }
    assertThat(folder.resolve("file-11")).hasBinaryContent(object);
    assertThat(most.get()).isLessThanOrEqualTo((128 << 20) / PART + 12);
  }

  private S3Download.Part part(long offset, int length) {
    return new S3Download.Part(
        Arrays.copyOfRange(object, (int) offset, (int) Math.min(object.length, offset + length)),
        object.length);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
