package dev.siltstone.cdk;

import dev.siltstone.cdk.props.FunctionsProps;
import dev.siltstone.cdk.props.QueryCache;
import dev.siltstone.cdk.props.SiltstoneStoreProps;
import dev.siltstone.settings.SettingName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** The three functions and what they may do. */
public final class StoreFunctions extends Construct {
  /** Names of the handler classes; the packaged jars hold them. */
  static final String PRODUCER_HANDLER = "dev.siltstone.ingest.lambda.ProducerHandler";

  static final String COMPACTOR_HANDLER = "dev.siltstone.compactor.lambda.CompactorHandler";
  static final String QUERY_HANDLER = "dev.siltstone.query.lambda.QueryHandler";

  private static final String NATIVE_LIBRARIES = "--enable-native-access=ALL-UNNAMED";

  /** SIMD kernels, and the compiler level at which they are worth having. */
  private static final String SEARCHES_OR_MERGES =
      "--add-modules=jdk.incubator.vector " + NATIVE_LIBRARIES + " -XX:TieredStopAtLevel=4";

  /** Less than the 30 s after which the HTTP API gives up. */
  static final int HTTP_SECONDS = 29;

  private final SiltstoneStoreProps props;
  private final StoreEnvironment environment;
  private final StoreNetwork network;
  private final StoreFunction producer;
  private final StoreFunction compactor;
  private final StoreFunction query;

  StoreFunctions(
      Construct scope,
      String id,
      StoreStorage storage,
      StoreIngest ingest,
      SiltstoneStoreProps props) {
    super(scope, id);
    this.props = props;
    network = new StoreNetwork(this, "Network", props);
    environment = new StoreEnvironment(storage, ingest, props);
    producer = add("Producer", producer(props.functions()));
    query = add("Query", query(props.functions()));
    compactor = add("Compactor", compactor(props.functions()), warmUp(query));
    StorePermissions permissions = new StorePermissions(storage);
    producer.grant(permissions.producer());
    compactor.grant(permissions.compactor());
    if (props.functions().warmUp()) {
      compactor.grant(
          List.of(
              Permission.of(
                  "WarmUp",
                  "the query function fetches what was published",
                  List.of("lambda:InvokeFunction"),
                  query.live().getFunctionArn())));
    }
    query.grant(permissions.query());
    all().values().forEach(each -> each.grant(storage.keyUse(Stack.of(this).getRegion())));
    List<Permission> embedding = EmbeddingAccess.permissions(this, props.embedding());
    producer.grant(embedding);
    query.grant(embedding);
  }

  /** Only the compactor's: the query function's own variables cannot name the query function. */
  private Map<String, String> warmUp(StoreFunction reader) {
    return props.functions().warmUp()
        ? Map.of(SettingName.WARM_UP_FUNCTION.variable(), reader.live().getFunctionArn())
        : Map.of();
  }

  private StoreFunction add(String name, FunctionSpec spec) {
    return add(name, spec, Map.of());
  }

  private StoreFunction add(String name, FunctionSpec spec, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(environment.variables());
    variables.putAll(more);
    variables.put("JAVA_TOOL_OPTIONS", spec.javaOptions());
    return new StoreFunction(this, name, spec, variables, network, props);
  }

  private static FunctionSpec producer(FunctionsProps props) {
    return new FunctionSpec(
        "Siltstone: accepts writes",
        "producer-lambda",
        PRODUCER_HANDLER,
        NATIVE_LIBRARIES,
        props.producerMemoryMb(),
        Duration.seconds(HTTP_SECONDS),
        0,
        true,
        0);
  }

  private static FunctionSpec compactor(FunctionsProps props) {
    return new FunctionSpec(
        "Siltstone: folds writes into snapshots, collects garbage, takes commands",
        "compactor-lambda",
        COMPACTOR_HANDLER,
        SEARCHES_OR_MERGES,
        props.compactor().memoryMb(),
        Duration.minutes(props.compactor().minutes()),
        props.compactor().diskGib(),
        false,
        0);
  }

  private static FunctionSpec query(FunctionsProps props) {
    QueryCache cache = props.queryCache();
    return new FunctionSpec(
        "Siltstone: answers reads, administers collections",
        "query-lambda",
        QUERY_HANDLER,
        SEARCHES_OR_MERGES,
        props.queryMemoryMb(),
        Duration.seconds(HTTP_SECONDS),
        cache instanceof QueryCache.Disk disk ? disk.gib() : 0,
        cache instanceof QueryCache.SnapStart,
        cache instanceof QueryCache.Disk disk ? disk.provisioned() : 0);
  }

  public StoreFunction producer() {
    return producer;
  }

  public StoreFunction compactor() {
    return compactor;
  }

  public StoreFunction query() {
    return query;
  }

  /** By their names in the docs. */
  public Map<String, StoreFunction> all() {
    Map<String, StoreFunction> all = new LinkedHashMap<>();
    all.put("producer", producer);
    all.put("compactor", compactor);
    all.put("query", query);
    return all;
  }
}
