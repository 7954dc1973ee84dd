package dev.siltstone.contract;

import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The families of one test class: two over one storage, and others as tests ask for them. */
final class Families implements AutoCloseable {
  private final Family one;
  private final Family two;
  private final Supplier<Family> unused;
  private final Consumer<Duration> passing;
  private final boolean remote;
  private final List<Family> others = new ArrayList<>();

  private Families(
      Family one, Family two, Supplier<Family> unused, Consumer<Duration> passing, boolean remote) {
    this.one = one;
    this.two = two;
    this.unused = unused;
    this.passing = passing;
    this.remote = remote;
  }

  /** Embedded ones, which share nothing but the files. */
  static Families embedded(Path folder) {
    Path shared = folder.resolve("shared");
    HandClock clock = new HandClock();
    return new Families(
        new EmbeddedFamily(shared, clock),
        new EmbeddedFamily(shared, clock),
        () -> new EmbeddedFamily(folder.resolve(Fresh.uuid().toString()), clock),
        clock::sleep,
        false);
  }

  /** Those of AWS, which share nothing but bucket, table and queue; its clocks are out of reach. */
  static Families aws(AwsServices services) {
    AwsFamily one = AwsFamily.create(services);
    return new Families(
        one, one.another(), () -> AwsFamily.create(services), Clock.system()::sleep, true);
  }

  /** That of most tests. */
  Family one() {
    return one;
  }

  /** Another one over the same storage, as another process would have it. */
  Family two() {
    return two;
  }

  /** One over storage of its own, which nobody has touched. */
  synchronized Family fresh() {
    Family fresh = unused.get();
    others.add(fresh);
    return fresh;
  }

  /** Lets this much time pass for the services; real time may pass as well. */
  void pass(Duration time) {
    passing.accept(time);
  }

  /** Whether each call goes over a wire, so that fewer must do. */
  boolean areRemote() {
    return remote;
  }

  @Override
  public void close() {
    others.forEach(Family::close);
    two.close();
    one.close();
  }
}
