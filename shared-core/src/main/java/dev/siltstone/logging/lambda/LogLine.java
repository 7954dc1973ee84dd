package dev.siltstone.logging.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.spi.MDCAdapter;

/**
 * One event as one line of JSON:
 *
 * <pre>
 * {"timestamp": "2026-11-21T15:00:00.000Z", "level": "INFO", "message": "…", "logger": "…",
 *  "function_name": "…", "xray_trace_id": "…"?, … fields of the invocation and of the event,
 *  "error": {"type": "…", "message": "…", "stack_trace": "…"}?}
 * </pre>
 */
final class LogLine {
  /** Where the runtime puts an invocation's trace header. */
  private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

  private final String function;
  private final MDCAdapter context;

  LogLine(String function, MDCAdapter context) {
    this.function = function;
    this.context = context;
  }

  String of(
      Level level,
      String logger,
      @Nullable String message,
      List<KeyValuePair> fields,
      @Nullable Throwable failure) {
    return new String(
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("timestamp", Instant.now().toString());
          out.writeStringField("level", level.name());
          out.writeStringField("message", message);
          out.writeStringField("logger", logger);
          out.writeStringField("function_name", function);
          writeTrace(out);
          Map<String, String> ofInvocation = context.getCopyOfContextMap();
          if (ofInvocation != null) {
            for (Map.Entry<String, String> entry : ofInvocation.entrySet()) {
              out.writeStringField(entry.getKey(), entry.getValue());
            }
          }
          for (KeyValuePair field : fields) {
            write(out, field.key, field.value);
          }
          writeFailure(out, failure);
          out.writeEndObject();
        }),
        StandardCharsets.UTF_8);
  }

  private static void writeTrace(JsonGenerator out) throws IOException {
    String header = System.getProperty(TRACE_HEADER);
    if (header != null) {
      out.writeStringField("xray_trace_id", header);
    }
  }

  private static void write(JsonGenerator out, String name, @Nullable Object value)
      throws IOException {
    switch (value) {
      case null -> out.writeNullField(name);
      case Long number -> out.writeNumberField(name, number);
      case Integer number -> out.writeNumberField(name, number);
      case Double number -> out.writeNumberField(name, number);
      case Boolean flag -> out.writeBooleanField(name, flag);
      default -> out.writeStringField(name, value.toString());
    }
  }

  private static void writeFailure(JsonGenerator out, @Nullable Throwable failure)
      throws IOException {
    if (failure == null) {
      return;
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    out.writeObjectFieldStart("error");
    out.writeStringField("type", failure.getClass().getName());
    out.writeStringField("message", failure.getMessage());
    out.writeStringField("stack_trace", trace.toString());
    out.writeEndObject();
  }
}
