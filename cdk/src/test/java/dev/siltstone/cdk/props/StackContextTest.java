package dev.siltstone.cdk.props;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackContextTest {
  private static final Path PACKAGES = Path.of("packages");

  @Test
  void takesNumbersAndBooleansAsJsonHasThem() {
    SiltstoneStoreProps props =
        new StackContext(
                Map.of(
                    "siltstone:queryMemory",
                    1769.0,
                    "siltstone:producerMemory",
                    512,
                    "siltstone:versioned",
                    true))
            .props(PACKAGES);
    assertThat(props.functions().queryMemoryMb()).isEqualTo(1_769);
    assertThat(props.functions().producerMemoryMb()).isEqualTo(512);
    assertThat(props.storage().versioned()).isTrue();
  }

  @Test
  void leavesTheCdksOwnContextAlone() {
    assertThat(
            new StackContext(Map.of("@aws-cdk/core:newStyleStackSynthesis", true)).props(PACKAGES))
        .isEqualTo(SiltstoneStoreProps.of(PACKAGES));
  }

  @Test
  void anOptionThatDoesNotExistIsNamedWithThoseThatDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StackContext(Map.of("siltstone:queryMemroy", "1")))
        .withMessageContaining("no option siltstone:queryMemroy")
        .withMessageContaining("siltstone:queryMemory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          architecture=mips                  | siltstone:architecture is 'mips'; it is arm64 or x86_64
          queryMemory=100                    | siltstone:queryMemory is 100; it goes from 512 to 10240
          queryMemory=much                   | siltstone:queryMemory is no whole number: 'much'
          compactorDisk=11                   | siltstone:compactorDisk is 11; it goes from 1 to 10
          queryCache=0                       | siltstone:queryCache is 0; it goes from 1 to 10
          provisionedConcurrency=1           | give siltstone:queryCache in GiB
          access=none                        | siltstone:access is 'none'; who may call the API
          access=jwt                         | siltstone:jwtIssuer is missing
          access=jwt jwtIssuer=https://i     | siltstone:jwtAudience is missing
          access=jwt jwtIssuer=i jwtAudience=a | an issuer's URL starts with https://
          domainName=a.example               | siltstone:certificateArn is missing
          certificateArn=arn:aws:acm:eu-west-1:111122223333:certificate/x | siltstone:domainName is missing
          domainName=a.example certificateArn=x | siltstone:certificateArn is no ARN of acm
          vpc=vpc_1                          | siltstone:vpc is 'vpc_1'
          versioned=yes                      | siltstone:versioned is 'yes'
          keyArn=alias/mine                  | siltstone:keyArn is no ARN of kms: 'alias/mine'
          retainedSnapshots=300              | siltstone:retainedSnapshots is 300; it goes from 0 to 256
          embedding=word2vec                 | siltstone:embedding is 'word2vec'
          embedding=bedrock                  | siltstone:embeddingDimension is missing
          embedding=bedrock embeddingDimension=5 | siltstone:embeddingModel is missing
          embedding=openai embeddingDimension=5 | siltstone:embeddingUrl is missing
          embedding=openai embeddingDimension=5 embeddingUrl=u embeddingModel=m vpc=new | has no way to the internet
          sweepMinutes=0                     | siltstone:sweepMinutes is 0; it goes from 1 to 60
          logDays=2                          | siltstone:logDays is 2; it is one of [1, 3, 7
          alarmEmail=you                     | siltstone:alarmEmail is no address: 'you'
          alarms=false alarmEmail=a@b        | siltstone:alarms is false, so nobody can hear them
          tags=search                        | siltstone:tags has 'search'; write name=value
          """)
  void refusesWhatCannotBeDeployed(String options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StackContext(context(options)).props(PACKAGES))
        .withMessageContaining(message);
  }

  @Test
  void inProcessEmbeddingIsRefusedWithItsAlternatives() {
    for (String architecture : new String[] {"arm64", "x86_64"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              new StackContext(context("embedding=in-process architecture=" + architecture))
                  .props(PACKAGES))
          .withMessageContaining("local mode only")
          .withMessageContaining("bedrock")
          .withMessageContaining("openai")
          .withMessageContaining("none");
    }
  }

  private static Map<String, String> context(String options) {
    Map<String, String> context = new HashMap<>();
    for (String option : options.split(" ", -1)) {
      String[] pair = option.split("=", 2);
      context.put("siltstone:" + pair[0], pair[1]);
    }
    return context;
  }
}
