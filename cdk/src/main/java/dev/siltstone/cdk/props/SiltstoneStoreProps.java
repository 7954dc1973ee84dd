package dev.siltstone.cdk.props;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store is made of. {@link #of} has defaults that are safe and cost next to nothing while
 * idle; the {@code with} methods change one part each.
 *
 * @param packages the folder in which the functions' modules have been packaged
 * @param domain null for the API's own address only
 * @param tags of every resource that takes tags
 */
public record SiltstoneStoreProps(
    Path packages,
    StorageProps storage,
    FunctionsProps functions,
    Access access,
    @Nullable DomainProps domain,
    Network network,
    RetentionProps retention,
    Embedding embedding,
    IngestProps ingest,
    ScheduleProps schedules,
    WatchProps watch,
    Map<String, String> tags) {
  /** Refuses combinations that cannot work. */
  public SiltstoneStoreProps {
    tags = Map.copyOf(tags);
    if (embedding instanceof Embedding.InProcess) {
      throw new IllegalArgumentException(Embedding.InProcess.whyNot(functions.cpu()));
    }
    if (embedding instanceof Embedding.OpenAi && network instanceof Network.Isolated) {
      throw new IllegalArgumentException(
          "%s=new has no way to the internet, so %s=openai cannot work in it; use bedrock, or a"
                  .formatted(StackOption.VPC.key(), StackOption.EMBEDDING.key())
              + " network of yours with a NAT gateway");
    }
  }

  /** The defaults. */
  public static SiltstoneStoreProps of(Path packages) {
    return new StackContext(Map.of()).props(packages);
  }

  public SiltstoneStoreProps withStorage(StorageProps changed) {
    return new SiltstoneStoreProps(
        packages, changed, functions, access, domain, network, retention, embedding, ingest,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withFunctions(FunctionsProps changed) {
    return new SiltstoneStoreProps(
        packages, storage, changed, access, domain, network, retention, embedding, ingest,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withAccess(Access changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, changed, domain, network, retention, embedding, ingest,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withDomain(DomainProps changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, changed, network, retention, embedding, ingest,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withNetwork(Network changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, domain, changed, retention, embedding, ingest,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withRetention(RetentionProps changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, domain, network, changed, embedding, ingest,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withEmbedding(Embedding changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, domain, network, retention, changed, ingest,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withIngest(IngestProps changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, domain, network, retention, embedding, changed,
        schedules, watch, tags);
  }

  public SiltstoneStoreProps withSchedules(ScheduleProps changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, domain, network, retention, embedding, ingest,
        changed, watch, tags);
  }

  public SiltstoneStoreProps withWatch(WatchProps changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, domain, network, retention, embedding, ingest,
        schedules, changed, tags);
  }

  public SiltstoneStoreProps withTags(Map<String, String> changed) {
    return new SiltstoneStoreProps(
        packages, storage, functions, access, domain, network, retention, embedding, ingest,
        schedules, watch, changed);
  }
}
