package dev.siltstone.cdk.props;

import static dev.siltstone.cdk.props.StackOption.*;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options as the CDK's context gives them. Values may be text, numbers or booleans. */
public final class StackContext {
  private final Map<StackOption, String> given = new EnumMap<>(StackOption.class);

  /**
   * Takes the options among the context's values.
   *
   * @throws IllegalArgumentException if a key that starts with {@code siltstone:} is no option
   */
  public StackContext(Map<String, ?> context) {
    context.forEach((key, value) -> {
      if (key.startsWith(PREFIX)) {
        given.put(option(key), text(value).strip());
      }
    });
  }

  private static StackOption option(String key) {
    return Arrays.stream(StackOption.values())
        .filter(option -> option.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no option %s; there are %s"
                    .formatted(
                        key,
                        Arrays.stream(StackOption.values())
                            .map(StackOption::key)
                            .collect(Collectors.joining(", ")))));
  }

  /** JSON's numbers arrive as doubles or integers, whichever the CDK's bridge likes. */
  private static String text(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? Long.toString(number.longValue())
        : value.toString();
  }

  /** The stack's name. */
  public String stackName() {
    return text(STACK_NAME);
  }

  /**
   * The construct's properties.
   *
   * @param packages the folder in which the functions' modules have been packaged
   * @throws IllegalArgumentException if an option cannot be understood or deployed
   */
  public SiltstoneStoreProps props(Path packages) {
    return new SiltstoneStoreProps(
        packages,
        new StorageProps(flag(VERSIONED), orNull(KEY_ARN), flag(KEEP_DATA)),
        functions(),
        access(),
        domain(),
        network(),
        new RetentionProps(
            number(RETAINED_SNAPSHOTS), number(RETAINED_HOURS), number(READER_GRACE_MINUTES)),
        embedding(),
        new IngestProps(flag(INGEST_QUEUE), flag(IMPORT_FILES)),
        new ScheduleProps(number(SWEEP_MINUTES), number(COLLECT_HOURS)),
        new WatchProps(flag(ALARMS), orNull(ALARM_TOPIC_ARN), orNull(ALARM_EMAIL), flag(DASHBOARD)),
        tags());
  }

  private FunctionsProps functions() {
    return new FunctionsProps(
        Cpu.parse(text(ARCHITECTURE)),
        number(PRODUCER_MEMORY),
        new CompactorProps(
            number(COMPACTOR_MEMORY), number(COMPACTOR_DISK), number(COMPACTOR_MINUTES)),
        number(QUERY_MEMORY),
        queryCache(),
        flag(WARM_UP),
        number(LOG_DAYS),
        flag(TRACING));
  }

  private QueryCache queryCache() {
    int provisioned = number(PROVISIONED_CONCURRENCY);
    if (!text(QUERY_CACHE).equals("snapstart")) {
      return new QueryCache.Disk(number(QUERY_CACHE), provisioned);
    }
    if (provisioned != 0) {
      throw new IllegalArgumentException(
          "%s and SnapStart exclude each other; give %s in GiB"
              .formatted(PROVISIONED_CONCURRENCY.key(), QUERY_CACHE.key()));
    }
    return new QueryCache.SnapStart();
  }

  private Access access() {
    return switch (text(ACCESS)) {
      case "token" -> new Access.Tokens();
      case "iam" -> new Access.Iam();
      case "jwt" -> new Access.Jwt(text(JWT_ISSUER), list(JWT_AUDIENCE));
      default -> throw unknown(ACCESS);
    };
  }

  private @Nullable DomainProps domain() {
    return text(DOMAIN_NAME).isEmpty() && text(CERTIFICATE_ARN).isEmpty()
        ? null
        : new DomainProps(text(DOMAIN_NAME), text(CERTIFICATE_ARN));
  }

  private Network network() {
    return switch (text(VPC)) {
      case "none" -> new Network.None();
      case "new" -> new Network.Isolated();
      case String id when id.matches("vpc-[0-9a-f]+") -> new Network.Existing(id);
      default -> throw unknown(VPC);
    };
  }

  private Embedding embedding() {
    return switch (text(EMBEDDING)) {
      case "none" -> new Embedding.None();
      case "bedrock" -> new Embedding.Bedrock(text(EMBEDDING_MODEL), number(EMBEDDING_DIMENSION));
      case "openai" ->
          new Embedding.OpenAi(
              text(EMBEDDING_URL),
              text(EMBEDDING_MODEL),
              number(EMBEDDING_DIMENSION),
              orNull(EMBEDDING_SECRET),
              flag(EMBEDDING_SHORTENS));
      case "in-process" -> new Embedding.InProcess();
      default -> throw unknown(EMBEDDING);
    };
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : list(TAGS)) {
      int equals = tag.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "%s has '%s'; write name=value, separated by commas".formatted(TAGS.key(), tag));
      }
      tags.put(tag.substring(0, equals), tag.substring(equals + 1));
    }
    return tags;
  }

  private String text(StackOption option) {
    return given.getOrDefault(option, option.standard());
  }

  private @Nullable String orNull(StackOption option) {
    return text(option).isEmpty() ? null : text(option);
  }

  private List<String> list(StackOption option) {
    return Arrays.stream(text(option).split(","))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private boolean flag(StackOption option) {
    return switch (text(option)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unknown(option);
    };
  }

  private int number(StackOption option) {
    Bounds.present(option, text(option));
    try {
      return Integer.parseInt(text(option));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is no whole number: '%s'; %s".formatted(option.key(), text(option), option.meaning()),
          e);
    }
  }

  private IllegalArgumentException unknown(StackOption option) {
    return new IllegalArgumentException(
        "%s is '%s'; %s".formatted(option.key(), text(option), option.meaning()));
  }
}
