package dev.siltstone.logging.lambda;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logs JSON lines to the standard output, which Lambda hands on as they are. Libraries are heard
 * from WARN on only, whatever level the function is set to: an HTTP client's finer lines hold
 * bodies, and so documents.
 */
public final class JsonLogProvider implements SLF4JServiceProvider {
  private static final String OURS = "dev.siltstone.";

  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new BasicMDCAdapter();
  private final Level level = level(System.getenv("AWS_LAMBDA_LOG_LEVEL"));
  private final LogLine line =
      new LogLine(System.getenv().getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "local"), context);

  /** Lambda's names of levels are SLF4J's but for the highest. */
  private static Level level(@Nullable String name) {
    return switch (name == null ? "" : name) {
      case "TRACE" -> Level.TRACE;
      case "DEBUG" -> Level.DEBUG;
      case "WARN" -> Level.WARN;
      case "ERROR", "FATAL" -> Level.ERROR;
      default -> Level.INFO;
    };
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name ->
        loggers.computeIfAbsent(
            name, _ -> new JsonLogger(name, name.startsWith(OURS) ? level : quieter(level), line));
  }

  private static Level quieter(Level level) {
    return level.toInt() > Level.WARN.toInt() ? level : Level.WARN;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
