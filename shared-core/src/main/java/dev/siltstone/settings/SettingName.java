package dev.siltstone.settings;

/** Every setting of a function, and the environment variable that carries it. */
public enum SettingName {
  /** The store's name, under which its metrics stand. */
  STORE,
  /** Bucket of deltas, segments and snapshots. */
  BUCKET,
  /** The one DynamoDB table: catalog, logs, locks. */
  TABLE,
  /** Address of the SQS queue of notices. */
  QUEUE_URL,
  /** Address of the SQS queue that tells of dropped files; not set where none are imported. */
  IMPORT_QUEUE_URL,
  /**
   * The query function, which the compactor calls after a publish so that an instance of it has the
   * new snapshot; not set where it does not.
   */
  WARM_UP_FUNCTION,
  /**
   * Who may call over HTTP: {@code token} (the default: who has an access token) or {@code open}
   * (everybody; for an API that something else protects). Invocations without HTTP are IAM's
   * business.
   */
  ACCESS,
  /**
   * Who makes vectors from documents: {@code none} (the default: clients do), {@code bedrock} or
   * {@code openai}, which is any endpoint that speaks OpenAI's wire format.
   */
  EMBEDDING_FUNCTION,
  /** The model's id at Bedrock or at the endpoint; collections record it. */
  EMBEDDING_MODEL,
  /** Values per vector of that model. */
  EMBEDDING_DIMENSION,
  /** What {@code /embeddings} is appended to, for {@code openai}. */
  EMBEDDING_URL,
  /** Bearer token for that address; leave it out where none is asked for. */
  EMBEDDING_API_KEY,
  /** {@code true} if the endpoint's model can be asked for fewer values than it has. */
  EMBEDDING_SHORTENS,
  /** How many older snapshots of a collection stay readable; 10 if not set. */
  RETAINED_SNAPSHOTS,
  /** Older snapshots younger than this many hours stay readable as well; 0 if not set. */
  RETAINED_HOURS,
  /** How many minutes files stay for readers after their snapshot was retired; 15 if not set. */
  READER_GRACE_MINUTES;

  /** The environment variable, such as {@code SILTSTONE_BUCKET}. */
  public String variable() {
    return "SILTSTONE_" + name();
  }
}
