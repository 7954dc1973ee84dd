package dev.siltstone.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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

class RangedDownloadTest {
  private static final int PART = RangedDownload.PART_BYTES;
  private static final ObjectKey KEY = new ObjectKey("segment/x/y");

  private final byte[] object = bytes(3 * PART + 5);

  @Test
  void asksForAllPartsAtOnceWhereTheSizeIsKnown() {
    CountDownLatch all = new CountDownLatch(4);
    RangedDownload.Source whenAllAreAskedFor =
        (_, offset, length) -> {
          all.countDown();
          await(all);
          return part(offset, length);
        };

    ByteBuffer received = ByteBuffer.allocate(object.length);
    RangedDownload download =
        new RangedDownload(new DownloadRoom(), whenAllAreAskedFor, KEY, received::put);

    assertThat(download.run(0, object.length)).isEqualTo(object.length);
    assertThat(received.array()).isEqualTo(object);
  }

  @Test
  void keepsAllDownloadsTogetherWithinTheirRoom() throws Exception {
    DownloadRoom room = new DownloadRoom();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    RangedDownload.Source counting =
        (_, offset, length) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          try {
            return part(offset, length);
          } finally {
            now.decrementAndGet();
          }
        };
    List<ByteBuffer> received = new ArrayList<>();
    List<Future<Long>> downloads = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        ByteBuffer copy = ByteBuffer.allocate(object.length);
        received.add(copy);
        downloads.add(
            threads.submit(
                () -> new RangedDownload(room, counting, KEY, copy::put).run(0, object.length)));
      }
    }

    for (Future<Long> download : downloads) {
      assertThat(download.get()).isEqualTo(object.length);
    }
    assertThat(received).allSatisfy(copy -> assertThat(copy.array()).isEqualTo(object));
    assertThat(most.get()).isLessThanOrEqualTo((128 << 20) / PART + 12);
  }

  private RangedDownload.Part part(long offset, int length) {
    return new RangedDownload.Part(
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
