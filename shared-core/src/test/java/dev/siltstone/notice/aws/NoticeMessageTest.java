package dev.siltstone.notice.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.notice.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoticeMessageTest {
  private static final Notice NOTICE =
      new Notice(CollectionId.parse("0193468e-7d00-7abc-8def-0123456789ab"));

  @Test
  void readsWhatItWrites() {
    assertThat(NoticeMessage.body(NOTICE))
        .isEqualTo("{\"collection\":\"0193468e-7d00-7abc-8def-0123456789ab\"}");
    assertThat(NoticeMessage.parse(NoticeMessage.body(NOTICE))).contains(NOTICE);
  }

  @Test
  void ignoresFieldsThatALaterVersionMayAdd() {
    String later = "{\"reason\":[1],\"collection\":\"0193468e-7d00-7abc-8def-0123456789ab\"}";

    assertThat(NoticeMessage.parse(later)).contains(NOTICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{}", "[]", "{\"collection\":7}", "{\"collection\":\"7\"}"})
  void findsNoNoticeInAnythingElse(String body) {
    assertThat(NoticeMessage.parse(body)).isEmpty();
  }
}
