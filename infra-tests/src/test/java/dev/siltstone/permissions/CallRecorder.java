package dev.siltstone.permissions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Appends every call of this JVM to the file that the property {@value #FILE} names; without it,
 * does nothing. The SDK finds it by a file on the class path, so that handlers are recorded as they
 * are, made by their public constructors.
 */
public final class CallRecorder implements ExecutionInterceptor {
  /** Names the file, a line of JSON for each call. */
  public static final String FILE = "siltstone.recorded.calls";

  private final @Nullable Path file;

  /** For the SDK. */
  public CallRecorder() {
    String name = System.getProperty(FILE);
    file = name == null ? null : Path.of(name);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (file != null) {
      write(
          file,
          RequestedActions.of(context.request()).stream()
              .map(Call::toLine)
              .collect(Collectors.joining()));
    }
  }

  /** S3 says that an object is missing only to whoever may list the bucket. */
  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (file != null && context.exception() instanceof NoSuchKeyException) {
      write(file, Call.of("s3:ListBucket", Call.BUCKET).toLine());
    }
  }

  private static synchronized void write(Path file, String lines) {
    try {
      Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
