package dev.siltstone.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.contract.Fresh;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.PutResult.ConditionFailed;
import dev.siltstone.storage.PutResult.Stored;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultyObjectStoreTest {
  private static final ObjectKey KEY = ObjectLayout.pointer(Fresh.collectionId());

  @TempDir Path folder;

  private final Faults faults = Faults.scripted();
  private DirectoryObjectStore real;
  private FaultyObjectStore store;

  @BeforeEach
  void open() {
    real = new DirectoryObjectStore(folder);
    store = new FaultyObjectStore(real, faults);
  }

  @AfterEach
  void close() {
    real.close();
  }

  @Test
  void letsCallsThroughWhenNothingIsScripted() {
    assertThat(store.putIfAbsent(KEY, body("a"))).isInstanceOf(Stored.class);
    assertThat(store.putIfAbsent(KEY, body("b"))).isEqualTo(new ConditionFailed());
    assertThat(store.putIfMatch(KEY, body("c"), etag())).isInstanceOf(Stored.class);
    assertThat(store.get(KEY).orElseThrow().bytes()).isEqualTo("c".getBytes(UTF_8));
    assertThat(store.getRange(KEY, 0, 1)).isEqualTo("c".getBytes(UTF_8));
    assertThat(store.download(KEY, 0, 0, _ -> {})).isEqualTo(1);
    assertThat(store.listAfter("snapshot/", null, 10)).hasSize(1);
    assertThat(store.localPath(KEY)).isPresent();
    store.delete(KEY);

    assertThat(real.get(KEY)).isEmpty();
    assertThat(faults.injected()).isEmpty();
    assertThat(faults.calls())
        .containsExactly(
            "putIfAbsent",
            "putIfAbsent",
            "putIfMatch",
            "get",
            "getRange",
            "download",
            "listAfter",
            "delete");
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "CONFLICT"})
  void refusesWithoutEffect(Fault fault) {
    faults.next("putIfAbsent", fault);

    assertThatThrownBy(() -> store.putIfAbsent(KEY, body("a")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(fault.toString());

    assertThat(real.get(KEY)).isEmpty();
    assertThat(store.putIfAbsent(KEY, body("a"))).isInstanceOf(Stored.class);
  }

  @Test
  void losesARequest() {
    faults.next("putIfAbsent", Fault.LOST_REQUEST);

    assertThatThrownBy(() -> store.putIfAbsent(KEY, body("a")))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(real.get(KEY)).isEmpty();
  }

  @Test
  void losesAnAnswer() {
    real.putIfAbsent(KEY, body("a"));
    faults.next("putIfMatch", Fault.LOST_ANSWER).next("delete", Fault.LOST_ANSWER);

    assertThatThrownBy(() -> store.putIfMatch(KEY, body("b"), etag()))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(real.get(KEY).orElseThrow().bytes()).isEqualTo("b".getBytes(UTF_8));

    assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(real.get(KEY)).isEmpty();
  }

  @Test
  void deliversARequestAfterItsSenderGaveUp() {
    real.putIfAbsent(KEY, body("a"));
    ETag first = etag();
    faults.next("putIfMatch", Fault.LATE);

    assertThatThrownBy(() -> store.putIfMatch(KEY, body("late"), first))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(etag()).isEqualTo(first);

    faults.deliverLate();
    assertThat(real.get(KEY).orElseThrow().bytes()).isEqualTo("late".getBytes(UTF_8));
  }

  @Test
  void deliversALateRequestOnceAndUnderItsOwnCondition() {
    real.putIfAbsent(KEY, body("a"));
    faults.next("putIfMatch", Fault.LATE);
    ETag first = etag();
    assertThatThrownBy(() -> store.putIfMatch(KEY, body("late"), first))
        .isInstanceOf(OutcomeUnknownException.class);
    store.putIfMatch(KEY, body("b"), first);

    faults.deliverLate();
    faults.deliverLate();

    assertThat(real.get(KEY).orElseThrow().bytes()).isEqualTo("b".getBytes(UTF_8));
  }

  @Test
  void tellsAPutThatMetItselfThatItsConditionFailed() {
    faults.next("putIfAbsent", Fault.MET_ITSELF);

    assertThat(store.putIfAbsent(KEY, body("mine"))).isEqualTo(new ConditionFailed());

    assertThat(real.get(KEY).orElseThrow().bytes()).isEqualTo("mine".getBytes(UTF_8));
  }

  @Test
  void followsTheScriptOfEachMethodInOrder() {
    faults.next("get", Fault.NONE, Fault.THROTTLED);

    assertThat(store.get(KEY)).isEmpty();
    assertThatThrownBy(() -> store.get(KEY)).isInstanceOf(UnavailableException.class);
    assertThat(store.get(KEY)).isEmpty();
    assertThat(faults.injected()).isEqualTo(Map.of(Fault.THROTTLED, 1));
  }

  @Test
  void repeatsARandomRunWithItsSeed() {
    assertThat(outcomes(7)).isEqualTo(outcomes(7)).isNotEqualTo(outcomes(8));
  }

  @Test
  void strikesWithEveryFaultAtAboutTheGivenRate() {
    Faults random = Faults.random(20261120, 0.5);
    outcomes(random);

    assertThat(random.injected()).containsOnlyKeys(List.of(Fault.values()).subList(1, 7));
    int struck = random.injected().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(struck).isBetween(120, 180);
  }

  private List<String> outcomes(long seed) {
    return outcomes(Faults.random(seed, 0.5));
  }

  /** What 300 calls lead to. */
  private List<String> outcomes(Faults random) {
    FaultyObjectStore faulty = new FaultyObjectStore(real, random);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ObjectKey key = ObjectLayout.delta(Fresh.collectionId(), Fresh.deltaId());
      outcomes.add(outcome(() -> faulty.putIfAbsent(key, body("a")).getClass().getSimpleName()));
      outcomes.add(outcome(() -> faulty.get(key).isPresent() ? "found" : "missing"));
      outcomes.add(outcome(() -> faulty.listAfter(key.value(), null, 1).size() + " listed"));
    }
    return outcomes;
  }

  private static String outcome(Supplier<String> call) {
    try {
      return call.get();
    } catch (SiltstoneException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private ETag etag() {
    return real.get(KEY).orElseThrow().etag();
  }

  private static ObjectBody body(String text) {
    return ObjectBody.of(text.getBytes(UTF_8));
  }
}
