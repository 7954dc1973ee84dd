package dev.siltstone.deployed;

import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The stack in an account: its storage, and sandboxes of its functions. */
final class Account implements AutoCloseable {
  private final DeployedTemplate template;
  private final AwsServices services;
  private final AwsFamily family;
  private final Path folder;
  private final String deadLetters;
  private final List<Sandbox> sandboxes = new CopyOnWriteArrayList<>();

  Account(DeployedTemplate template, AwsServices services, Path folder) {
    this.template = template;
    this.services = services;
    this.folder = folder;
    this.family = AwsFamily.create(services);
    this.deadLetters =
        family.sqs().createQueue(b -> b.queueName("dead-" + family.bucket())).queueUrl();
    String arn =
        family
            .sqs()
            .getQueueAttributes(
                b -> b.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    family
        .sqs()
        .setQueueAttributes(b ->
            b.queueUrl(family.queueUrl())
                .attributes(
                    Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                            .formatted(
                                arn,
                                template
                                    .noticeQueue()
                                    .at("/RedrivePolicy/maxReceiveCount")
                                    .asInt()))));
  }

  AwsFamily family() {
    return family;
  }

  DeployedTemplate template() {
    return template;
  }

  FunctionConfig config(Artifact artifact) {
    // Who may call over HTTP is tested elsewhere; the template asks for tokens.
    return template.function(artifact, family).with("SILTSTONE_ACCESS", "open");
  }

  /** Starts a sandbox and does not wait for it. */
  Sandbox start(FunctionConfig config, String... options) throws IOException {
    Path own = folder.resolve(config.artifact().name().toLowerCase(Locale.ROOT) + sandboxes.size());
    Sandbox sandbox = Sandbox.start(config, own, variables(), List.of(options));
    sandboxes.add(sandbox);
    return sandbox;
  }

  private Map<String, String> variables() {
    AwsCredentials credentials = services.credentials().resolveCredentials();
    return Map.of(
        "AWS_ENDPOINT_URL_S3", String.valueOf(services.endpoints().s3()),
        "AWS_ENDPOINT_URL_DYNAMODB", String.valueOf(services.endpoints().dynamoDb()),
        "AWS_ENDPOINT_URL_SQS", String.valueOf(services.endpoints().sqs()),
        "AWS_REGION", services.region().id(),
        "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
  }

  /** Everything that all sandboxes have printed. */
  List<String> printed() {
    List<String> lines = new ArrayList<>();
    sandboxes.forEach(sandbox -> sandbox.printed().lines().forEach(lines::add));
    return lines;
  }

  /** Messages that ended in the dead-letter queue. */
  int dead() {
    return family
        .sqs()
        .receiveMessage(b -> b.queueUrl(deadLetters).maxNumberOfMessages(10))
        .messages()
        .size();
  }

  @Override
  public void close() {
    sandboxes.forEach(Sandbox::close);
    family.close();
  }
}
