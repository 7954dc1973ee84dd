package dev.siltstone.cdk;

import dev.siltstone.cdk.props.SiltstoneStoreProps;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.constructs.Construct;

/**
 * A vector database: its storage, its three functions, what calls them, and the HTTP API in front.
 *
 * <pre>{@code
 * new SiltstoneStore(stack, "Store", SiltstoneStoreProps.of(packages)
 *     .withAccess(new Access.Iam()));
 * }</pre>
 */
public final class SiltstoneStore extends Construct {
  private final StoreStorage storage;
  private final StoreFunctions functions;
  private final StoreIngest ingest;
  private final StoreApi api;

  public SiltstoneStore(Construct scope, String id, SiltstoneStoreProps props) {
    super(scope, id);
    storage = new StoreStorage(this, "Storage", props);
    ingest = new StoreIngest(this, "Ingest", storage, props.ingest());
    functions = new StoreFunctions(this, "Functions", storage, ingest, props);
    ingest.feed(functions.producer());
    new StoreTriggers(this, "Triggers", storage, functions.compactor(), props.schedules());
    api = new StoreApi(this, "Api", functions, props);
    new StoreWatch(this, "Watch", StoreMetrics.of(this), props.watch());
    props.tags().forEach(Tags.of(this)::add);
  }

  public StoreStorage storage() {
    return storage;
  }

  public StoreFunctions functions() {
    return functions;
  }

  public StoreIngest ingest() {
    return ingest;
  }

  public StoreApi api() {
    return api;
  }

  /** What its user needs to know, by name. Functions are named with the alias to invoke. */
  public Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put("ApiUrl", api.http().getApiEndpoint());
    outputs.put("ProducerFunction", live(functions.producer()));
    outputs.put("CompactorFunction", live(functions.compactor()));
    outputs.put("QueryFunction", live(functions.query()));
    outputs.put("Bucket", storage.bucket().getBucketName());
    outputs.put("Table", storage.table().getTableName());
    outputs.put("NoticeQueue", storage.notices().getQueueUrl());
    outputs.put("DeadNoticeQueue", storage.deadLetters().getQueueUrl());
    outputs.putAll(ingest.outputs());
    DomainName domain = api.domain();
    if (domain != null) {
      outputs.put("DomainUrl", "https://" + domain.getName());
      outputs.put("DomainTarget", domain.getRegionalDomainName());
    }
    return outputs;
  }

  private static String live(StoreFunction function) {
    return function.function().getFunctionName() + ":" + StoreFunction.LIVE;
  }
}
