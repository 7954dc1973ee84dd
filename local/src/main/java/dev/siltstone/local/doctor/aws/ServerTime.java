package dev.siltstone.local.doctor.aws;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The time that a service said it was, in the last answer. */
final class ServerTime implements ExecutionInterceptor {
  private volatile @Nullable Instant last;

  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes call) {
    context
        .httpResponse()
        .firstMatchingHeader("Date")
        .ifPresent(date ->
            last = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
  }
}
