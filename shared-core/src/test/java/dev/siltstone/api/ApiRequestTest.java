package dev.siltstone.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {
  private static final byte[] BODY = {'{', '}'};

  @Test
  void takesABodyOfUnstatedTypeForJson() {
    assertThat(new ApiRequest("POST", "/", Map.of(), Map.of(), BODY).jsonBody()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "Application/JSON; charset=utf-8", "application/x+json"})
  void takesJsonUnderAnyOfItsNames(String type) {
    assertThat(typed(type).jsonBody()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "json", ""})
  void refusesOtherTypes(String type) {
    assertThatThrownBy(() -> typed(type).jsonBody())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(415));
  }

  private static ApiRequest typed(String type) {
    return new ApiRequest("POST", "/", Map.of(), Map.of("content-type", type), BODY);
  }
}
