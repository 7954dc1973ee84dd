package dev.siltstone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final Settings settings =
      new Settings(
          Map.of(
              "SILTSTONE_BUCKET", "b",
              "SILTSTONE_TABLE", " ",
              "SILTSTONE_EMBEDDING_DIMENSION", "384 ",
              "SILTSTONE_EMBEDDING_MODEL", "secret-model"));

  @Test
  void readsTextsAndNumbers() {
    assertThat(settings.get(SettingName.BUCKET)).isEqualTo("b");
    assertThat(settings.number(SettingName.EMBEDDING_DIMENSION)).isEqualTo(384);
  }

  @Test
  void namesTheVariableThatIsMissingOrWrong() {
    assertThat(settings.find(SettingName.TABLE)).isEmpty();
    assertThatThrownBy(() -> settings.get(SettingName.TABLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("environment variable SILTSTONE_TABLE is not set");
    assertThatThrownBy(() -> settings.number(SettingName.BUCKET))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SILTSTONE_BUCKET is no number");
  }

  @Test
  void printsNoValues() {
    assertThat(settings.toString()).contains("SILTSTONE_BUCKET").doesNotContain("secret-model");
  }
}
