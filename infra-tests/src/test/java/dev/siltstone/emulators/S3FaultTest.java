package dev.siltstone.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.aws.AwsCallCounter.Counts;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.contract.Fresh;
import dev.siltstone.contract.HandClock;
import dev.siltstone.emulators.FaultyHttpClient.Fault;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.fault.ReceivedBytes;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.aws.S3ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Throttling, conflicts, and puts that take effect but report failure. */
final class S3FaultTest {
  private static final Fault SLOW_DOWN = Fault.s3(503, "SlowDown");
  private static final Fault CONFLICT = Fault.s3(409, "ConditionalRequestConflict");
  private static final int MIB = 1 << 20;
  private static final long SEED = 20261120;

  private static final AwsFamily FAMILY = AwsFamily.create(AwsServices.emulated());

  private final FaultyHttpClient faults = FAMILY.faults();
  private final ObjectStore store = FAMILY.store();
  private final ObjectKey key = ObjectLayout.delta(Fresh.collectionId(), Fresh.deltaId());

  @AfterEach
  void everyFaultHasStruck() {
    assertThat(faults.isSpent()).isTrue();
  }

  static List<Fault> answersLostAfterTheEffect() {
    return List.of(
        new Fault.LostAnswer(),
        Fault.falseReport(),
        new Fault.FalseReport(503, "<Error><Code>ServiceUnavailable</Code></Error>"));
  }

  static List<Fault> refusals() {
    return List.of(SLOW_DOWN, CONFLICT);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void putsAgainAfterRefusals(Fault refusal) {
    faults.planS3("PUT", refusal);
    faults.planS3("PUT", refusal);

    assertThat(store.putIfAbsent(key, text("mine"))).isInstanceOf(PutResult.Stored.class);

    assertThat(read()).isEqualTo("mine");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void doesNotCallARaceLostThatAnEarlierAttemptMayHaveWon(Fault refusal) {
    store.putIfAbsent(key, text("somebody's"));
    faults.planS3("PUT", refusal);

    assertThatThrownBy(() -> store.putIfAbsent(key, text("mine")))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining(key.value());
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void neverPutsAgainWhenTheAnswerWasLost(Fault fault) {
    ETag first = stored(store.putIfAbsent(key, text("first")));
    faults.planS3("PUT", fault);
    Counts before = FAMILY.counter().counts();

    assertThatThrownBy(() -> store.putIfMatch(key, text("second"), first))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining(key.value());

    assertThat(FAMILY.counter().counts().since(before).total()).isEqualTo(1);
    assertThat(read()).isEqualTo("second");
    assertThat(store.putIfMatch(key, text("second"), first))
        .as("the caller's own resend")
        .isEqualTo(new PutResult.ConditionFailed());
  }

  @Test
  void doesNotKnowWhetherAPutArrivedThatDidNot() {
    faults.planS3("PUT", new Fault.LostRequest());

    assertThatThrownBy(() -> store.putIfAbsent(key, text("mine")))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(store.get(key)).isEmpty();
  }

  @Test
  void doesNotKnowWhatEndlessConflictsMean() {
    ObjectStore impatient = storeThatWaitsForNothing();
    for (int attempt = 0; attempt < 10; attempt++) {
      faults.planS3("PUT", CONFLICT);
    }

    assertThatThrownBy(() -> impatient.putIfAbsent(key, text("mine")))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void isUnavailableWhenThrottledForTooLong() {
    ObjectStore impatient = storeThatWaitsForNothing();
    for (int attempt = 0; attempt < 10; attempt++) {
      faults.planS3("PUT", SLOW_DOWN);
    }

    assertThatThrownBy(() -> impatient.putIfAbsent(key, text("mine")))
        .isInstanceOf(UnavailableException.class);

    assertThat(store.get(key)).isEmpty();
  }

  @Test
  void knowsThatNothingHappenedWhenNobodyListens() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (AwsClients clients =
        AwsClients.over(
            AwsClients.newHttpClient(),
            new AwsEndpoints(nobody, null, null),
            AwsServices.emulated()::identify)) {
      ObjectStore dead = new S3ObjectStore(clients.s3(), "bucket", callsWithoutWaiting());

      assertThatThrownBy(() -> dead.putIfAbsent(key, text("mine")))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void readsAgainWhateverPasses() {
    store.putIfAbsent(key, text("mine"));
    faults.planS3("GET", SLOW_DOWN);
    faults.planS3("GET", new Fault.LostAnswer());
    faults.planS3("GET", Fault.s3(500, "InternalError"));

    assertThat(read()).isEqualTo("mine");
  }

  @Test
  void deletesAgainWhenTheAnswerWasLost() {
    store.putIfAbsent(key, text("mine"));
    faults.planS3("DELETE", new Fault.LostAnswer());

    store.delete(key);

    assertThat(store.get(key)).isEmpty();
  }

  /** A bucket that is missing, or closed to us, must not look like one that is empty. */
  @Test
  void tellsAMissingBucketFromAMissingObject() {
    ObjectStore elsewhere = new S3ObjectStore(FAMILY.s3(), "no-such-bucket", callsWithoutWaiting());

    assertThatThrownBy(() -> elsewhere.get(key)).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> elsewhere.putIfMatch(key, text("x"), new ETag("\"x\"")))
        .isInstanceOf(UnavailableException.class);
    faults.planS3("GET", Fault.s3(403, "AccessDenied"));
    assertThatThrownBy(() -> store.get(key)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void downloadsBigObjectsInRangesAndRepeatsOnlyWhatWasLost() {
    byte[] bytes = randomBytes(20 * MIB + 7);
    store.putIfAbsent(key, ObjectBody.of(bytes));
    ReceivedBytes received = new ReceivedBytes();
    planForRangeAt(8 * MIB, new Fault.LostAnswer());
    Counts before = FAMILY.counter().counts();

    assertThat(store.download(key, 0, bytes.length, received)).isEqualTo(bytes.length);

    assertThat(received.bytes()).isEqualTo(bytes);
    assertThat(FAMILY.counter().counts().since(before).calls().get("S3.GetObject")).isEqualTo(4);
  }

  @Test
  void leavesAPrefixWhenADownloadFailsAndGoesOnFromThere() {
    byte[] bytes = randomBytes(28 * MIB);
    store.putIfAbsent(key, ObjectBody.of(bytes));
    ReceivedBytes received = new ReceivedBytes();
    planForRangeAt(16 * MIB, Fault.s3(403, "AccessDenied"));

    assertThatThrownBy(() -> store.download(key, 0, 0, received))
        .isInstanceOf(UnavailableException.class);
    assertThat(received.bytes()).isEqualTo(Arrays.copyOf(bytes, 16 * MIB));

    assertThat(store.download(key, 16 * MIB, bytes.length, received)).isEqualTo(bytes.length);
    assertThat(received.bytes()).isEqualTo(bytes);
  }

  @Test
  void theObjectsOwnSizeDecidesWhateverWasExpected() {
    byte[] bytes = randomBytes(9 * MIB);
    store.putIfAbsent(key, ObjectBody.of(bytes));

    for (long expected : new long[] {0, 1, bytes.length, 40 * MIB}) {
      ReceivedBytes received = new ReceivedBytes();
      assertThat(store.download(key, 0, expected, received)).isEqualTo(bytes.length);
      assertThat(received.bytes()).isEqualTo(bytes);
    }
  }

  private void planForRangeAt(int offset, Fault fault) {
    faults.plan(
        request ->
            request
                .firstMatchingHeader("Range")
                .filter(range -> range.startsWith("bytes=" + offset + "-"))
                .isPresent(),
        fault);
  }

  private ObjectStore storeThatWaitsForNothing() {
    return new S3ObjectStore(FAMILY.s3(), FAMILY.bucket(), callsWithoutWaiting());
  }

  private static AwsCalls callsWithoutWaiting() {
    return new AwsCalls(new HandClock(), new SplittableRandom(SEED));
  }

  private String read() {
    return new String(store.get(key).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static ObjectBody text(String text) {
    return ObjectBody.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ETag stored(PutResult result) {
    assertThat(result).isInstanceOf(PutResult.Stored.class);
    return ((PutResult.Stored) result).etag();
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }
}
