package dev.siltstone.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.failure.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What a body is refused with. */
final class Refusals {
  private static final String SHAPE = "Failed to deserialize the JSON body into the target type: ";

  private Refusals() {}

  static void assertRefused(
      Function<byte[], ?> parse, String body, int status, String expectedMessage) {
    Throwable failure = catchThrowable(() -> parse.apply(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(failure)
        .as(body)
        .isInstanceOfAny(InvalidRequestException.class, ApiException.class)
        .hasMessage(status == 422 ? SHAPE + expectedMessage : expectedMessage);
    ApiResponse response = ErrorResponse.of(failure);
    assertThat(response.status()).as(body).isEqualTo(status);
  }
}
