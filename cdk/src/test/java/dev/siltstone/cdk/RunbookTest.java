package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever an alarm wakes finds its entry in the runbook, and the runbook has no others. */
@NeedsNode
class RunbookTest {
  private static final Pattern LINK = Pattern.compile("See docs/runbook\\.md#([a-z-]+)");
  private static final Pattern ENTRY = Pattern.compile("(?m)^## (.+)$");

  private final List<JsonNode> alarms =
      Synthesised.with("dashboard", "true", "ingestQueue", "true", "importFiles", "true")
          .properties("AWS::CloudWatch::Alarm");

  @Test
  void everyAlarmLinksToAnEntryAndEveryEntryIsAnAlarms() throws IOException {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    List<String> entries =
        ENTRY
            .matcher(runbook)
            .results()
            .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
            .toList();
    assertThat(alarms).extracting(RunbookTest::anchor).containsExactlyInAnyOrderElementsOf(entries);
    for (String section : runbook.split("(?m)^## ", -1)) {
      if (!section.startsWith("# ")) {
        assertThat(section).contains("**Means.**", "**Look at.**", "**Do.**");
      }
    }
  }

  @Test
  void silenceIsNoAlarm() {
    assertThat(alarms)
        .isNotEmpty()
        .allMatch(alarm -> alarm.get("TreatMissingData").asText().equals("notBreaching"));
  }

  private static String anchor(JsonNode alarm) {
    Matcher link = LINK.matcher(alarm.get("AlarmDescription").asText());
    assertThat(link.find()).isTrue();
    return link.group(1);
  }
}
