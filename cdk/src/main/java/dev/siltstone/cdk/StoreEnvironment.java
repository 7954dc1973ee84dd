package dev.siltstone.cdk;

import dev.siltstone.cdk.props.Access;
import dev.siltstone.cdk.props.Embedding;
import dev.siltstone.cdk.props.RetentionProps;
import dev.siltstone.cdk.props.SiltstoneStoreProps;
import dev.siltstone.settings.SettingName;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.Stack;

/** The settings of the functions, as variables of their environment; all three get the same. */
final class StoreEnvironment {
  private final Map<String, String> variables = new HashMap<>();

  StoreEnvironment(StoreStorage storage, StoreIngest ingest, SiltstoneStoreProps props) {
    set(SettingName.STORE, Stack.of(storage).getStackName());
    set(SettingName.BUCKET, storage.bucket().getBucketName());
    set(SettingName.TABLE, storage.table().getTableName());
    set(SettingName.QUEUE_URL, storage.notices().getQueueUrl());
    IngestQueue files = ingest.files();
    if (files != null) {
      set(SettingName.IMPORT_QUEUE_URL, files.queue().getQueueUrl());
    }
    set(SettingName.ACCESS, props.access() instanceof Access.Tokens ? "token" : "open");
    retention(props.retention());
    embedding(props.embedding());
  }

  Map<String, String> variables() {
    return variables;
  }

  private void retention(RetentionProps retention) {
    set(SettingName.RETAINED_SNAPSHOTS, Integer.toString(retention.snapshots()));
    set(SettingName.RETAINED_HOURS, Integer.toString(retention.hours()));
    set(SettingName.READER_GRACE_MINUTES, Integer.toString(retention.readerGraceMinutes()));
  }

  private void embedding(Embedding embedding) {
    switch (embedding) {
      case Embedding.None _ -> {}
      case Embedding.Bedrock bedrock -> {
        set(SettingName.EMBEDDING_FUNCTION, "bedrock");
        set(SettingName.EMBEDDING_MODEL, bedrock.model());
        set(SettingName.EMBEDDING_DIMENSION, Integer.toString(bedrock.dimension()));
      }
      case Embedding.OpenAi openAi -> openAi(openAi);
      case Embedding.InProcess _ -> throw new IllegalArgumentException("refused by the properties");
    }
  }

  /** The key is put in when the stack is deployed; the template only names the secret. */
  private void openAi(Embedding.OpenAi openAi) {
    set(SettingName.EMBEDDING_FUNCTION, "openai");
    set(SettingName.EMBEDDING_MODEL, openAi.model());
    set(SettingName.EMBEDDING_DIMENSION, Integer.toString(openAi.dimension()));
    set(SettingName.EMBEDDING_URL, openAi.url());
    set(SettingName.EMBEDDING_SHORTENS, Boolean.toString(openAi.shortens()));
    String secret = openAi.secret();
    if (secret != null) {
      set(SettingName.EMBEDDING_API_KEY, SecretValue.secretsManager(secret).unsafeUnwrap());
    }
  }

  private void set(SettingName name, String value) {
    variables.put(name.variable(), value);
  }
}
