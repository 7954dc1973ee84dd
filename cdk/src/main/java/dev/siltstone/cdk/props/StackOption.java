package dev.siltstone.cdk.props;

/**
 * The options of the ready stack, each once. A user gives them as CDK context, in {@code cdk.json}
 * or on the command line: {@code cdk deploy -c siltstone:queryMemory=3008}. The README's table is
 * this list.
 */
public enum StackOption {
  STACK_NAME("stackName", "Siltstone", "name of the stack; another name makes another store"),
  ARCHITECTURE("architecture", "arm64", "processor of the functions: `arm64` or `x86_64`"),
  PRODUCER_MEMORY("producerMemory", "1024", "MB of the producer, 512 to 10240"),
  COMPACTOR_MEMORY(
      "compactorMemory",
      "3008",
      "MB of the compactor, 512 to 10240; new accounts get at most 3008 until they ask for more"),
  COMPACTOR_DISK("compactorDisk", "8", "GiB of `/tmp` of the compactor, 1 to 10"),
  COMPACTOR_MINUTES("compactorMinutes", "5", "how long one run of the compactor may take, 2 to 15"),
  QUERY_MEMORY("queryMemory", "2048", "MB of the query function, 512 to 10240"),
  QUERY_CACHE(
      "queryCache",
      "snapstart",
      "`snapstart`: fast cold starts and a cache of 512 MB, for collections that fit; or GiB of"
          + " `/tmp`, 1 to 10, without SnapStart"),
  PROVISIONED_CONCURRENCY(
      "provisionedConcurrency",
      "0",
      "instances of the query function that are always warm (they cost money while idle); needs a"
          + " queryCache in GiB"),
  ACCESS(
      "access",
      "token",
      "who may call the API: `token` (Siltstone's access tokens), `iam` (signed requests) or"
          + " `jwt`"),
  JWT_ISSUER("jwtIssuer", "", "with access `jwt`: the issuer's URL"),
  JWT_AUDIENCE("jwtAudience", "", "with access `jwt`: accepted audiences, separated by commas"),
  DOMAIN_NAME("domainName", "", "domain under which the API is served as well"),
  CERTIFICATE_ARN("certificateArn", "", "certificate for that domain, in the stack's region"),
  VPC(
      "vpc",
      "none",
      "`none`; `new`: an isolated network with gateway endpoints for S3 and DynamoDB and, because"
          + " SQS has no gateway, an interface endpoint that costs about $7 a month and zone; or"
          + " the id of a network of yours whose private subnets reach S3, DynamoDB and SQS"),
  VERSIONED("versioned", "false", "`true`: the bucket keeps deleted objects for a week"),
  KEY_ARN("keyArn", "", "KMS key for the bucket; without it S3's own keys, which cost nothing"),
  KEEP_DATA("keepData", "true", "`false`: bucket (once empty) and table go with the stack"),
  RETAINED_SNAPSHOTS(
      "retainedSnapshots", "10", "older snapshots of a collection that stay readable, 0 to 256"),
  RETAINED_HOURS("retainedHours", "0", "snapshots younger than this stay readable as well"),
  READER_GRACE_MINUTES(
      "readerGraceMinutes", "15", "how long files stay for readers after their snapshot went"),
  EMBEDDING(
      "embedding",
      "none",
      "who makes vectors from documents: `none` (clients do), `bedrock` or `openai`, which is any"
          + " endpoint that speaks OpenAI's wire format"),
  EMBEDDING_MODEL("embeddingModel", "", "the model's id at Bedrock or at the endpoint"),
  EMBEDDING_DIMENSION("embeddingDimension", "", "values per vector of that model"),
  EMBEDDING_URL("embeddingUrl", "", "with `openai`: what `/embeddings` is appended to"),
  EMBEDDING_SECRET(
      "embeddingSecret", "", "with `openai`: name of the Secrets Manager secret with the API key"),
  EMBEDDING_SHORTENS(
      "embeddingShortens", "false", "with `openai`: whether the model can give fewer values"),
  INGEST_QUEUE(
      "ingestQueue",
      "false",
      "`true`: a queue for small writes, [docs/ingest.md](docs/ingest.md); polling it costs up to"
          + " $0.26 a month while idle, its alarm $0.10"),
  IMPORT_FILES(
      "importFiles",
      "false",
      "`true`: files dropped under `import/` in the bucket are imported,"
          + " [docs/ingest.md](docs/ingest.md); costs the same while idle, with two alarms"),
  SWEEP_MINUTES("sweepMinutes", "5", "how often work is looked for that nobody announced, 1 to 60"),
  COLLECT_HOURS("collectHours", "24", "how often garbage is collected, 1 to 168"),
  WARM_UP(
      "warmUp",
      "false",
      "`true`: after a publish the compactor invokes the query function, so that one instance has"
          + " fetched the new snapshot before somebody asks"),
  LOG_DAYS("logDays", "30", "how long logs are kept: 1, 3, 7, 14, 30, 90, 180 or 365 days"),
  TRACING("tracing", "false", "`true`: X-Ray traces the functions"),
  ALARMS("alarms", "true", "the alarms of [docs/runbook.md](docs/runbook.md), $0.10 a month each"),
  ALARM_TOPIC_ARN("alarmTopicArn", "", "SNS topic that hears the alarms"),
  ALARM_EMAIL("alarmEmail", "", "address that hears them, through a topic of the stack"),
  DASHBOARD("dashboard", "false", "`true`: a CloudWatch dashboard, $3 a month"),
  TAGS("tags", "", "tags of everything in the stack: `team=search,stage=live`");

  static final String PREFIX = "siltstone:";

  private final String name;
  private final String standard;
  private final String meaning;

  StackOption(String name, String standard, String meaning) {
    this.name = name;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** The key in the CDK's context, such as {@code siltstone:queryMemory}. */
  public String key() {
    return PREFIX + name;
  }

  /** What holds if the option is not given; empty if nothing does. */
  public String standard() {
    return standard;
  }

  /** What the option does and what it takes, for people. */
  public String meaning() {
    return meaning;
  }
}
