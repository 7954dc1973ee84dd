package dev.siltstone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.BackPressureException;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.failure.UnsupportedFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorResponseTest {
  static Arguments[] failures() {
    return new Arguments[] {
      Arguments.of(new InvalidRequestException("m"), 400, "InvalidArgumentError"),
      Arguments.of(ApiException.forbidden("m"), 403, "ChromaError"),
      Arguments.of(new NotFoundException("m"), 404, "NotFoundError"),
      Arguments.of(new AlreadyExistsException("m"), 409, "ChromaError"),
      Arguments.of(ApiException.tooLarge("m"), 413, "ChromaError"),
      Arguments.of(ApiException.unsupportedMediaType("m"), 415, "ChromaError"),
      Arguments.of(ApiException.unprocessable("m"), 422, "ChromaError"),
      Arguments.of(new BackPressureException("m", Duration.ofMillis(1)), 429, "ChromaError"),
      Arguments.of(ApiException.notImplemented("m"), 501, "ChromaError"),
      Arguments.of(new UnavailableException("m", null), 503, "ChromaError"),
    };
  }

  @ParameterizedTest
  @MethodSource("failures")
  void namesEachFailureAsClientsExpect(RuntimeException failure, int status, String name) {
    ApiResponse response = ErrorResponse.of(failure);
    assertThat(response.status()).isEqualTo(status);
    assertThat(text(response)).isEqualTo("{\"error\":\"" + name + "\",\"message\":\"m\"}");
    assertThat(ErrorResponse.hides(failure)).isFalse();
  }

  @Test
  void saysWhenToRetryInWholeSecondsRoundedUp() {
    assertThat(ErrorResponse.of(new BackPressureException("m", Duration.ofMillis(2_001))).headers())
        .containsEntry("retry-after", "3");
    assertThat(ErrorResponse.of(new UnavailableException("m", Duration.ZERO, null)).headers())
        .containsEntry("retry-after", "1");
  }

  @Test
  void givesNoRetryAdviceWhenTheOutcomeIsUnknown() {
    ApiResponse response = ErrorResponse.of(new OutcomeUnknownException("secret"));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).doesNotContainKey("retry-after");
    assertThat(text(response)).contains("may or may not have been made").doesNotContain("secret");
  }

  @Test
  void keepsItsInsidesToItself() {
    for (Exception failure :
        new Exception[] {
          new CorruptDataException("secret"),
          new FencedException("secret"),
          new UnsupportedFormatException("secret"),
          new IllegalStateException("secret")
        }) {
      ApiResponse response = ErrorResponse.of(failure);
      assertThat(response.status()).isEqualTo(500);
      assertThat(text(response))
          .startsWith("{\"error\":\"InternalError\"")
          .doesNotContain("secret");
      assertThat(ErrorResponse.hides(failure)).isTrue();
    }
  }

  private static String text(ApiResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
