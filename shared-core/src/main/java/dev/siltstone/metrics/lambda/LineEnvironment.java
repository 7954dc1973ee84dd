package dev.siltstone.metrics.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.cloudwatchlogs.emf.environment.Environment;
import software.amazon.cloudwatchlogs.emf.environment.EnvironmentProvider;
import software.amazon.cloudwatchlogs.emf.environment.LambdaEnvironment;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

/**
 * Says that this is Lambda. The library's own way to find out asks the metadata services of EC2 and
 * ECS over HTTP before it listens to the answer.
 */
final class LineEnvironment extends EnvironmentProvider {
  private final Environment lambda;

  /**
   * @param out takes each line
   */
  LineEnvironment(Consumer<String> out) {
    ISink sink = new LineSink(out);
    this.lambda =
        new LambdaEnvironment() {
          @Override
          public ISink getSink() {
            return sink;
          }
        };
  }

  @Override
  public CompletableFuture<Environment> resolveEnvironment() {
    return CompletableFuture.completedFuture(lambda);
  }

  @Override
  public Environment getDefaultEnvironment() {
    return lambda;
  }

  private record LineSink(Consumer<String> out) implements ISink {
    @Override
    public void accept(MetricsContext context) {
      try {
        context.serialize().forEach(out);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public CompletableFuture<Void> shutdown() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
