package dev.siltstone.cdk;

import dev.siltstone.cdk.props.IngestProps;
import dev.siltstone.log.OperationMarks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** Ways in for writes besides the API and invocations, each an option. */
public final class StoreIngest extends Construct {
  private final @Nullable IngestQueue writes;

  StoreIngest(
      Construct scope, String id, StoreStorage storage, StoreFunction producer, IngestProps props) {
    super(scope, id);
    writes = props.queue() ? new IngestQueue(this, "Writes") : null;
    if (writes != null) {
      producer.grant(new StorePermissions(storage).repeatedWrites());
      writes.feed(
          producer,
          "TakeWrites",
          "Lambda takes small writes from the ingest queue with the function's role",
          OperationMarks.MOST);
    }
  }

  /** The queue of small writes; null without the option. */
  public @Nullable IngestQueue writes() {
    return writes;
  }

  Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (writes != null) {
      outputs.put("IngestQueue", writes.queue().getQueueUrl());
      outputs.put("DeadWriteQueue", writes.deadLetters().getQueueUrl());
    }
    return outputs;
  }
}
