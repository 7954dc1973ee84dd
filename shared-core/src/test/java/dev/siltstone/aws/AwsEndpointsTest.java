package dev.siltstone.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AwsEndpointsTest {
  private static final URI ONE = URI.create("http://127.0.0.1:4566");
  private static final URI TWO = URI.create("http://127.0.0.1:9090");

  @Test
  void isTheRegionsOwnWithoutVariables() {
    assertThat(AwsEndpoints.from(Map.of())).isEqualTo(AwsEndpoints.REGIONAL);
    assertThat(AwsEndpoints.from(Map.of("AWS_ENDPOINT_URL_S3", "")))
        .isEqualTo(AwsEndpoints.REGIONAL);
  }

  @Test
  void prefersAServicesOwnVariable() {
    Map<String, String> environment =
        Map.of("AWS_ENDPOINT_URL", ONE.toString(), "AWS_ENDPOINT_URL_S3", TWO.toString());

    assertThat(AwsEndpoints.from(environment)).isEqualTo(new AwsEndpoints(TWO, ONE, ONE));
  }
}
