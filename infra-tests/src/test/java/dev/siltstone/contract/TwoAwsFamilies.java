package dev.siltstone.contract;

import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Two sets of AWS adapters on one bucket, table and queue, which share nothing else. */
record TwoAwsFamilies(AwsFamily one, AwsFamily two) {
  private static final Map<Class<?>, TwoAwsFamilies> OF_CLASSES = new ConcurrentHashMap<>();

  /** Those of a test class, made when first asked for; they end with the JVM. */
  static TwoAwsFamilies of(Class<?> testClass, AwsServices services) {
    return OF_CLASSES.computeIfAbsent(
        testClass,
        _ -> {
          AwsFamily one = AwsFamily.create(services);
          return new TwoAwsFamilies(one, one.another());
        });
  }
}
