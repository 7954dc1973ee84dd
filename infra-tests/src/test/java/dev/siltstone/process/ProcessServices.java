package dev.siltstone.process;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.aws.DynamoLeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.aws.SqsNoticeQueue;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.time.Clock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** One family of services, named so that another process can open the same. */
record ProcessServices(
    ObjectStore store,
    Catalog catalog,
    DeltaLog log,
    NoticeQueue notices,
    LeaseStore leases,
    Runnable closing)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What a process is told to open the embedded family. */
  static List<String> embedded(Path folder) {
    return List.of("embedded", folder.toString());
  }

  /** What a process is told to open what this family has. */
  static List<String> aws(AwsServices services, AwsFamily family) {
    AwsEndpoints endpoints = services.endpoints();
    return List.of(
        "aws",
        String.valueOf(endpoints.s3()),
        String.valueOf(endpoints.dynamoDb()),
        String.valueOf(endpoints.sqs()),
        family.bucket(),
        family.tableName(),
        family.queueUrl());
  }

  static ProcessServices open(List<String> names) {
    return names.getFirst().equals("aws") ? openAws(names) : openEmbedded(Path.of(names.get(1)));
  }

  private static ProcessServices openEmbedded(Path folder) {
    EmbeddedFamily family = new EmbeddedFamily(folder);
    return new ProcessServices(
        family.store(),
        family.catalog(),
        family.log(),
        family.queue(),
        family.leases(),
        family::close);
  }

  private static ProcessServices openAws(List<String> names) {
    AwsEndpoints endpoints =
        new AwsEndpoints(
            URI.create(names.get(1)), URI.create(names.get(2)), URI.create(names.get(3)));
    AwsClients clients =
        AwsClients.over(
                AwsClients.newHttpClient(),
                endpoints,
                builder ->
                    builder
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                            StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test"))))
            .waiting(PATIENCE);
    AwsCalls calls = new AwsCalls(Clock.system(), new SplittableRandom());
    AwsTable table = new AwsTable(clients.dynamoDb(), names.get(5), calls);
    return new ProcessServices(
        new S3ObjectStore(clients.s3(), names.get(4), calls),
        new DynamoCatalog(table),
        new DynamoDeltaLog(table),
        new SqsNoticeQueue(clients.sqs(), names.get(6), calls),
        new DynamoLeaseStore(table),
        clients::close);
  }

  @Override
  public void close() {
    closing.run();
  }
}
