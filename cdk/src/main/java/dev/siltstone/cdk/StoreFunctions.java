package dev.siltstone.cdk;

import dev.siltstone.settings.SettingName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.constructs.Construct;

/** The three functions, what they may do, and what calls them. */
public final class StoreFunctions extends Construct {
  /** Names of the handler classes; the packaged jars hold them. */
  static final String PRODUCER_HANDLER = "dev.siltstone.ingest.lambda.ProducerHandler";

  static final String COMPACTOR_HANDLER = "dev.siltstone.compactor.lambda.CompactorHandler";
  static final String QUERY_HANDLER = "dev.siltstone.query.lambda.QueryHandler";

  private static final String NATIVE_LIBRARIES = "--enable-native-access=ALL-UNNAMED";

  /** SIMD kernels, and the compiler level at which they are worth having. */
  private static final String SEARCHES_OR_MERGES =
      "--add-modules=jdk.incubator.vector " + NATIVE_LIBRARIES + " -XX:TieredStopAtLevel=4";

  private final Path packages;
  private final Function producer;
  private final Function compactor;
  private final Function query;

  StoreFunctions(Construct scope, String id, StoreStorage storage, Path packages) {
    super(scope, id);
    this.packages = packages;
    Map<String, String> environment =
        Map.of(
            SettingName.BUCKET.variable(), storage.bucket().getBucketName(),
            SettingName.TABLE.variable(), storage.table().getTableName(),
            SettingName.QUEUE_URL.variable(), storage.notices().getQueueUrl(),
            SettingName.ACCESS.variable(), "token");
    producer =
        function("Producer", "producer-lambda", PRODUCER_HANDLER, environment, NATIVE_LIBRARIES)
            .memorySize(1024)
            .timeout(Duration.seconds(29))
            .build();
    compactor =
        function(
                "Compactor", "compactor-lambda", COMPACTOR_HANDLER, environment, SEARCHES_OR_MERGES)
            .memorySize(3008)
            .ephemeralStorageSize(Size.gibibytes(8))
            .timeout(Duration.minutes(5))
            .build();
    query =
        function("Query", "query-lambda", QUERY_HANDLER, environment, SEARCHES_OR_MERGES)
            .memorySize(2048)
            .ephemeralStorageSize(Size.gibibytes(4))
            .timeout(Duration.seconds(29))
            .build();
    new StorePermissions(storage).grant(producer, compactor, query);
    compactor.addEventSource(
        SqsEventSource.Builder.create(storage.notices())
            .batchSize(10)
            .maxConcurrency(2)
            .reportBatchItemFailures(true)
            .build());
    Rule.Builder.create(this, "Sweep")
        .description("Finds work that nobody announced")
        .schedule(Schedule.rate(Duration.minutes(5)))
        .targets(List.of(command("sweep")))
        .build();
    Rule.Builder.create(this, "CollectGarbage")
        .description("Deletes what no kept snapshot names")
        .schedule(Schedule.rate(Duration.days(1)))
        .targets(List.of(command("gc")))
        .build();
  }

  public Function producer() {
    return producer;
  }

  public Function compactor() {
    return compactor;
  }

  public Function query() {
    return query;
  }

  private LambdaFunction command(String name) {
    return LambdaFunction.Builder.create(compactor)
        .event(RuleTargetInput.fromObject(Map.of("command", name)))
        .build();
  }

  private Function.Builder function(
      String id,
      String module,
      String handler,
      Map<String, String> environment,
      String javaOptions) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_TOOL_OPTIONS", javaOptions);
    return Function.Builder.create(this, id)
        .runtime(Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .handler(handler)
        .code(Code.fromAsset(packages.resolve(module).resolve("target/lambda").toString()))
        .loggingFormat(LoggingFormat.JSON)
        .environment(all);
  }
}
