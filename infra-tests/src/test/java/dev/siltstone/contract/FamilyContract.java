package dev.siltstone.contract;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Opens the families of a class {@link On} one, before its tests, and closes them after those. */
abstract class FamilyContract {
  private static final Map<Class<?>, Families> OPEN = new ConcurrentHashMap<>();

  @BeforeAll
  static void open(@TempDir Path folder, TestInfo contract) {
    Class<?> type = contract.getTestClass().orElseThrow();
    On.Kind.of(type).ifPresent(kind -> OPEN.put(type, kind.open(folder)));
  }

  @AfterAll
  static void close(TestInfo contract) {
    Families families = OPEN.remove(contract.getTestClass().orElseThrow());
    if (families != null) {
      families.close();
    }
  }

  final Families families() {
    return Objects.requireNonNull(OPEN.get(getClass()), "the class does not say on which family");
  }

  /** How often a race is run: here, or where each call goes over a wire. */
  final int rounds(int here, int remote) {
    Families families = OPEN.get(getClass());
    return families != null && families.areRemote() ? remote : here;
  }
}
