package dev.siltstone.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.fault.ReceivedBytes;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.PutResult.ConditionFailed;
import dev.siltstone.storage.PutResult.Stored;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ObjectStore} does. */
abstract class ObjectStoreContract extends FamilyContract {
  private static final long SEED = 20261120;

  @TempDir Path files;

  /** A client of the store under test. */
  protected ObjectStore store() {
    return families().one().store();
  }

  /** Another client of the same store, as another process would have one. */
  protected ObjectStore anotherStore() {
    return families().two().store();
  }

  /** How often each race is run. */
  private int rounds() {
    return rounds(50, 10);
  }

  @Test
  void findsNothingUnderAFreshKey() {
    ObjectKey key = freshKey();

    assertThat(store().get(key)).isEmpty();
    assertThat(store().localPath(key)).isEmpty();
    assertThatThrownBy(() -> store().getRange(key, 0, 1))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(key.value());
    assertThatThrownBy(() -> store().download(key, 0, 0, new ReceivedBytes()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(key.value());
  }

  @Test
  void returnsTheBytesThatWerePut() {
    ObjectKey key = freshKey();
    byte[] bytes = randomBytes(100_000);

    Stored stored = stored(store().putIfAbsent(key, ObjectBody.of(bytes)));

    StoredObject read = anotherStore().get(key).orElseThrow();
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(read.etag()).isEqualTo(stored.etag());
  }

  @Test
  void storesAnEmptyObject() {
    ObjectKey key = freshKey();

    store().putIfAbsent(key, ObjectBody.of(new byte[0]));

    assertThat(store().get(key).orElseThrow().bytes()).isEmpty();
    ReceivedBytes received = new ReceivedBytes();
    assertThat(store().download(key, 0, 0, received)).isZero();
    assertThat(received.bytes()).isEmpty();
  }

  @Test
  void storesALocalFileThatMayBeDeletedAfterwards() throws IOException {
    ObjectKey key = freshKey();
    byte[] bytes = randomBytes(300_000);
    Path file = Files.write(files.resolve("made"), bytes);

    Stored stored = stored(store().putIfAbsent(key, ObjectBody.of(file)));
    Files.delete(file);

    assertThat(store().get(key).orElseThrow().bytes()).isEqualTo(bytes);
    assertThat(store().get(key).orElseThrow().etag()).isEqualTo(stored.etag());
  }

  @Test
  void leavesATakenKeyAlone() throws IOException {
    ObjectKey key = freshKey();
    Stored first = stored(store().putIfAbsent(key, text("first")));
    Path file = Files.writeString(files.resolve("third"), "third");

    assertThat(store().putIfAbsent(key, text("second"))).isEqualTo(new ConditionFailed());
    assertThat(store().putIfAbsent(key, text("first"))).isEqualTo(new ConditionFailed());
    assertThat(store().putIfAbsent(key, ObjectBody.of(file))).isEqualTo(new ConditionFailed());
    assertThat(textOf(key)).isEqualTo("first");
    assertThat(store().get(key).orElseThrow().etag()).isEqualTo(first.etag());
  }

  @Test
  void replacesTheContentThatIsExpected() throws IOException {
    ObjectKey key = freshKey();
    ETag first = stored(store().putIfAbsent(key, text("first"))).etag();

    ETag second = stored(store().putIfMatch(key, text("second"), first)).etag();

    assertThat(second).isNotEqualTo(first);
    assertThat(textOf(key)).isEqualTo("second");
    assertThat(store().get(key).orElseThrow().etag()).isEqualTo(second);
    Path file = Files.writeString(files.resolve("third"), "third");
    assertThat(store().putIfMatch(key, ObjectBody.of(file), second)).isInstanceOf(Stored.class);
    assertThat(textOf(key)).isEqualTo("third");
  }

  @Test
  void refusesToReplaceOtherContent() {
    ObjectKey key = freshKey();
    ETag first = stored(store().putIfAbsent(key, text("first"))).etag();
    store().putIfMatch(key, text("second"), first);

    assertThat(store().putIfMatch(key, text("third"), first)).isEqualTo(new ConditionFailed());
    assertThat(textOf(key)).isEqualTo("second");
  }

  @Test
  void refusesToReplaceWhatIsNotThere() {
    ObjectKey key = freshKey();
    ETag gone = stored(store().putIfAbsent(key, text("gone"))).etag();
    store().delete(key);

    assertThat(store().putIfMatch(key, text("back"), gone)).isEqualTo(new ConditionFailed());
    assertThat(store().get(key)).isEmpty();
  }

  @Test
  void readsRanges() {
    ObjectKey key = freshKey();
    store().putIfAbsent(key, text("0123456789"));

    assertThat(store().getRange(key, 0, 10)).isEqualTo("0123456789".getBytes(UTF_8));
    assertThat(store().getRange(key, 0, 1)).isEqualTo("0".getBytes(UTF_8));
    assertThat(store().getRange(key, 3, 4)).isEqualTo("3456".getBytes(UTF_8));
    assertThat(store().getRange(key, 9, 1)).isEqualTo("9".getBytes(UTF_8));
  }

  @Test
  void refusesRangesThatLeaveTheObject() {
    ObjectKey key = freshKey();
    store().putIfAbsent(key, text("0123456789"));

    assertThatThrownBy(() -> store().getRange(key, 8, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().getRange(key, 10, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().getRange(key, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void downloadsFromTheStartAndFromWhereALaterCallGoesOn() {
    ObjectKey key = freshKey();
    byte[] bytes = randomBytes(1_000_000);
    store().putIfAbsent(key, ObjectBody.of(bytes));
    ReceivedBytes whole = new ReceivedBytes();
    ReceivedBytes rest = new ReceivedBytes();
    ReceivedBytes nothing = new ReceivedBytes();

    assertThat(store().download(key, 0, bytes.length, whole)).isEqualTo(bytes.length);
    assertThat(store().download(key, 400_000, 0, rest)).isEqualTo(bytes.length);
    assertThat(store().download(key, bytes.length, bytes.length, nothing)).isEqualTo(bytes.length);

    assertThat(whole.bytes()).isEqualTo(bytes);
    assertThat(rest.bytes()).isEqualTo(Arrays.copyOfRange(bytes, 400_000, bytes.length));
    assertThat(nothing.bytes()).isEmpty();
  }

  @Test
  void givesALocalPathOnlyToTheObjectsOwnBytes() throws IOException {
    ObjectKey key = freshKey();
    store().putIfAbsent(key, text("content"));

    var path = store().localPath(key);

    if (path.isPresent()) {
      assertThat(path.get()).hasContent("content");
    }
  }

  @Test
  void listsInTheOrderOfKeys() {
    String prefix = ObjectLayout.segmentPrefix(Fresh.collectionId());
    List<String> names =
        List.of("a-b/z", "a.b", "a.c/d", "a/b", "a/b-", "a/c/d", "a0", "a_", "b/a", "b/b", "c");
    List<ObjectKey> keys = names.stream().map(name -> new ObjectKey(prefix + name)).toList();
    List<ObjectKey> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, new Random(SEED));
    shuffled.forEach(key -> store().putIfAbsent(key, text(key.value())));

    assertThat(keysAfter(prefix, null, 100)).isEqualTo(keys).isSorted();
    assertThat(keysAfter(prefix + "a", null, 100)).isEqualTo(keys.subList(0, 8));
    assertThat(keysAfter(prefix + "a/", null, 100)).isEqualTo(keys.subList(3, 6));
    assertThat(keysAfter(prefix + "a/b", null, 100)).isEqualTo(keys.subList(3, 5));
    assertThat(keysAfter(prefix + "d", null, 100)).isEmpty();
    assertThat(keysAfter(ObjectLayout.segmentPrefix(Fresh.collectionId()), null, 100)).isEmpty();
  }

  @Test
  void listsPageByPage() {
    String prefix = ObjectLayout.segmentPrefix(Fresh.collectionId());
    List<ObjectKey> keys = new ArrayList<>();
    for (int i = 10; i < 35; i++) {
      keys.add(new ObjectKey(prefix + "folder-" + i % 4 + "/" + i));
    }
    keys.forEach(key -> store().putIfAbsent(key, text("x")));
    Collections.sort(keys);

    List<ObjectKey> listed = new ArrayList<>();
    for (List<ObjectKey> page = keysAfter(prefix, null, 3);
        !page.isEmpty();
        page = keysAfter(prefix, listed.getLast(), 3)) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      listed.addAll(page);
    }

    assertThat(listed).isEqualTo(keys);
    ObjectKey noObject = new ObjectKey(prefix + "folder-1");
    assertThat(keysAfter(prefix, noObject, 100).getFirst().value())
        .as("a mark need not be a key that exists")
        .startsWith(noObject + "/");
  }

  @Test
  void listsSizesAndTimes() {
    ObjectKey key = freshKey();
    store().putIfAbsent(key, text("12345"));

    ListedObject listed = store().listAfter(key.value(), null, 10).getFirst();

    assertThat(listed.bytes()).isEqualTo(5);
    assertThat(Duration.between(listed.lastModified(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void forgetsWhatIsDeleted() {
    ObjectKey key = freshKey();
    store().putIfAbsent(key, text("first"));

    anotherStore().delete(key);
    anotherStore().delete(key);

    assertThat(store().get(key)).isEmpty();
    assertThat(store().listAfter(key.value(), null, 10)).isEmpty();
    assertThat(store().putIfAbsent(key, text("second"))).isInstanceOf(Stored.class);
    assertThat(textOf(key)).isEqualTo("second");
  }

  @Test
  void letsExactlyOneOfManyCreateAnObject() {
    for (int round = 0; round < rounds(); round++) {
      ObjectKey key = freshKey();

      List<PutResult> results =
          Race.of(Race.PARTIES, i -> client(i).putIfAbsent(key, text("writer " + i)));

      assertThat(textOf(key)).as("round %d", round).isEqualTo("writer " + onlyWinner(results));
    }
  }

  @Test
  void letsExactlyOneOfManyReplaceAnObject() {
    ObjectKey key = ObjectLayout.pointer(Fresh.collectionId());
    store().putIfAbsent(key, text("start"));
    for (int r = 0; r < rounds(); r++) {
      int round = r;
      ETag expected = store().get(key).orElseThrow().etag();

      List<PutResult> results =
          Race.of(
              Race.PARTIES,
              i -> client(i).putIfMatch(key, text("round " + round + " " + i), expected));

      assertThat(textOf(key)).isEqualTo("round " + round + " " + onlyWinner(results));
    }
  }

  @Test
  void losesNoUpdateOfReadersThatReplaceWhatTheyRead() {
    ObjectKey key = ObjectLayout.pointer(Fresh.collectionId());
    store().putIfAbsent(key, text("0"));
    int increments = Math.max(1, rounds() / 10);

    Race.of(
        8,
        i -> {
          for (int done = 0; done < increments; ) {
            done += increment(client(i), key) ? 1 : 0;
          }
          return i;
        });

    assertThat(textOf(key)).isEqualTo(Integer.toString(8 * increments));
  }

  @Test
  void neverShowsHalfAnObject() {
    ObjectKey key = ObjectLayout.pointer(Fresh.collectionId());
    store().putIfAbsent(key, repeated(0));

    Race.of(
        4,
        i -> {
          for (int round = 1; round <= rounds(); round++) {
            StoredObject now = client(i).get(key).orElseThrow();
            assertThat(now.bytes()).hasSize(50_000).containsOnly(now.bytes()[0]);
            client(i).putIfMatch(key, repeated(round), now.etag());
          }
          return i;
        });
  }

  @Test
  void keepsEveryPutWhileNeighboursAreDeleted() {
    String prefix = ObjectLayout.deltaPrefix(Fresh.collectionId());
    Race.of(
        8,
        i -> {
          ObjectKey key = new ObjectKey(prefix + "deeper/" + i + ".delta");
          for (int round = 0; round < rounds(); round++) {
            assertThat(client(i).putIfAbsent(key, text("x"))).isInstanceOf(Stored.class);
            assertThat(anotherStore().get(key)).as("round %d", round).isPresent();
            client(i).delete(key);
            assertThat(anotherStore().get(key)).as("round %d", round).isEmpty();
          }
          return i;
        });
    assertThat(keysAfter(prefix, null, 10)).isEmpty();
  }

  private static boolean increment(ObjectStore store, ObjectKey key) {
    StoredObject now = store.get(key).orElseThrow();
    int next = Integer.parseInt(new String(now.bytes(), UTF_8)) + 1;
    return store.putIfMatch(key, text(Integer.toString(next)), now.etag()) instanceof Stored;
  }

  private ObjectStore client(int number) {
    return number % 2 == 0 ? store() : anotherStore();
  }

  private static int onlyWinner(List<PutResult> results) {
    assertThat(results).filteredOn(Stored.class::isInstance).hasSize(1);
    return results.indexOf(
        results.stream().filter(Stored.class::isInstance).findFirst().orElseThrow());
  }

  private List<ObjectKey> keysAfter(String prefix, @Nullable ObjectKey after, int limit) {
    return store().listAfter(prefix, after, limit).stream().map(ListedObject::key).toList();
  }

  private String textOf(ObjectKey key) {
    return new String(anotherStore().get(key).orElseThrow().bytes(), UTF_8);
  }

  private static ObjectKey freshKey() {
    return ObjectLayout.delta(Fresh.collectionId(), Fresh.deltaId());
  }

  private static Stored stored(PutResult result) {
    assertThat(result).isInstanceOf(Stored.class);
    return (Stored) result;
  }

  private static ObjectBody text(String text) {
    return ObjectBody.of(text.getBytes(UTF_8));
  }

  private static ObjectBody repeated(int value) {
    byte[] bytes = new byte[50_000];
    Arrays.fill(bytes, (byte) value);
    return ObjectBody.of(bytes);
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }
}
