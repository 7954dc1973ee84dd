package dev.siltstone.logging.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;

@ResourceLock(Resources.SYSTEM_OUT)
class JsonLogProviderTest {
  private final JsonLogProvider provider = new JsonLogProvider();
  private final Logger ours = provider.getLoggerFactory().getLogger("dev.siltstone.test");

  @Test
  void aLineIsOneJsonObjectWithTheFieldsOfTheInvocationAndOfTheEvent() throws Exception {
    provider.getMDCAdapter().put("function_request_id", "r-1");
    String line =
        written(() ->
            ours.atInfo()
                .addKeyValue("sequence", 17L)
                .addKeyValue("collection", "c")
                .addKeyValue("snapshot", (Object) null)
                .log("a \"{}\"\nline", "quoted"));
    provider.getMDCAdapter().clear();
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(line.strip()).doesNotContain("\n");
    assertThat(json.get("level").textValue()).isEqualTo("INFO");
    assertThat(json.get("message").textValue()).isEqualTo("a \"quoted\"\nline");
    assertThat(json.get("function_request_id").textValue()).isEqualTo("r-1");
    assertThat(json.get("sequence").longValue()).isEqualTo(17);
    assertThat(json.get("collection").textValue()).isEqualTo("c");
    assertThat(json.get("snapshot").isNull()).isTrue();
    assertThat(json.get("timestamp").textValue()).endsWith("Z");
    assertThat(json.has("error")).isFalse();
  }

  @Test
  void failuresStandUnderTheirOwnField() throws Exception {
    String line = written(() -> ours.error("broken {}", "pipe", new IllegalStateException("why")));
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("message").textValue()).isEqualTo("broken pipe");
    assertThat(json.at("/error/type").textValue()).isEqualTo("java.lang.IllegalStateException");
    assertThat(json.at("/error/message").textValue()).isEqualTo("why");
    assertThat(json.at("/error/stack_trace").textValue()).contains("JsonLogProviderTest");
  }

  @Test
  void librariesAreHeardFromWarningsOn() {
    Logger library = provider.getLoggerFactory().getLogger("org.apache.hc.client5.http.wire");
    assertThat(written(() -> library.info("a body"))).isEmpty();
    assertThat(written(() -> library.debug("a body"))).isEmpty();
    assertThat(written(() -> library.warn("trouble"))).contains("trouble");
    assertThat(written(() -> ours.debug("detail"))).isEmpty();
  }

  private static String written(Runnable logging) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      logging.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8);
  }
}
