package dev.siltstone.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The evaluator decides as IAM does, as far as the stack needs it. */
class PolicyTest {
  private static final String ALLOW_ITEMS =
      """
      {"Sid":"Items","Effect":"Allow","Action":["dynamodb:PutItem"],"Resource":"t","Condition":{
        "ForAllValues:StringLike":{"dynamodb:LeadingKeys":["LOG#*","TIP#?"]},
        "ForAllValues:StringEquals":{"dynamodb:Attributes":["pk","sk"]},
        "Null":{"dynamodb:LeadingKeys":"false"}}}
      """;

  private static final Call PUT = Call.of("dynamodb:PutItem", "t");

  @Test
  void whatNobodyMentionsIsNotAllowed() throws IOException {
    assertThat(policy().decide(PUT)).isInstanceOf(Policy.Decision.Unmentioned.class);
    assertThat(policy(ALLOW_ITEMS).decide(Call.of("dynamodb:GetItem", "t")))
        .isInstanceOf(Policy.Decision.Unmentioned.class);
    assertThat(policy(ALLOW_ITEMS).decide(Call.of("dynamodb:PutItem", "u")))
        .isInstanceOf(Policy.Decision.Unmentioned.class);
  }

  @Test
  void everyValueMustMatchOneOfThosesListed() throws IOException {
    assertThat(allows(ALLOW_ITEMS, PUT.with("dynamodb:LeadingKeys", "LOG#a"))).isTrue();
    assertThat(allows(ALLOW_ITEMS, PUT.with("dynamodb:LeadingKeys", "LOG#a", "TIP#1"))).isTrue();
    assertThat(allows(ALLOW_ITEMS, PUT.with("dynamodb:LeadingKeys", "LOG#a", "HEAD#1"))).isFalse();
    assertThat(allows(ALLOW_ITEMS, PUT.with("dynamodb:LeadingKeys", "TIP#12"))).isFalse();
    Call keyed = PUT.with("dynamodb:LeadingKeys", "LOG#a");
    assertThat(allows(ALLOW_ITEMS, keyed.with("dynamodb:Attributes", "pk"))).isTrue();
    assertThat(allows(ALLOW_ITEMS, keyed.with("dynamodb:Attributes", "pk", "kind"))).isFalse();
  }

  @Test
  void aKeyThatMustBeThereMustBe() throws IOException {
    assertThat(allows(ALLOW_ITEMS, PUT)).isFalse();
    assertThat(allows(ALLOW_ITEMS.replaceAll(",\\s*\"Null\".*", "}}"), PUT)).isTrue();
  }

  @Test
  void aDenialWins() throws IOException {
    String deny =
        """
        {"Effect":"Deny","Principal":{"AWS":"*"},"Action":"dynamodb:*","Resource":"*",
         "Condition":{"Bool":{"aws:SecureTransport":"false"}}}
        """;
    Call call = PUT.with("dynamodb:LeadingKeys", "LOG#a");
    assertThat(policy(ALLOW_ITEMS, deny).decide(call)).isInstanceOf(Policy.Decision.Allowed.class);
    assertThat(policy(ALLOW_ITEMS, deny).decide(call.with("aws:SecureTransport", "false")))
        .isInstanceOf(Policy.Decision.Denied.class);
  }

  @Test
  void aComparisonWithAnAbsentKeyFails() throws IOException {
    String old =
        """
        {"Effect":"Allow","Action":"*","Resource":"*",
         "Condition":{"NumericLessThan":{"age":1.5}}}
        """;
    assertThat(allows(old, PUT)).isFalse();
    assertThat(allows(old, PUT.with("age", "1.4"))).isTrue();
    assertThat(allows(old, PUT.with("age", "1.5"))).isFalse();
  }

  @Test
  void whatItDoesNotKnowIsAnError() {
    for (String unknown :
        List.of(
            "{\"Effect\":\"Allow\",\"NotAction\":\"*\",\"Resource\":\"*\"}",
            "{\"Effect\":\"Perhaps\",\"Action\":\"*\",\"Resource\":\"*\"}",
            "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                + "\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}}")) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> allows(unknown, PUT.with("aws:SourceIp", "10.1.1.1")))
          .withMessageContaining("unknown");
    }
  }

  @Test
  void wildcardsStandForAnything() {
    assertThat(Wildcard.matches("a*c*", "abcbc")).isTrue();
    assertThat(Wildcard.matches("a*c", "abcb")).isFalse();
    assertThat(Wildcard.matches("a?c", "ac")).isFalse();
    assertThat(Wildcard.matches("*", "")).isTrue();
    assertThat(Wildcard.matches("", "a")).isFalse();
    assertThat(Wildcard.matches("delta/*", "delta/a/b.delta")).isTrue();
  }

  private static boolean allows(String statement, Call call) throws IOException {
    return policy(statement).decide(call) instanceof Policy.Decision.Allowed;
  }

  private static Policy policy(String... statements) throws IOException {
    List<Statement> parsed = new ArrayList<>();
    for (String statement : statements) {
      parsed.add(Statement.parse(new ObjectMapper().readTree(statement)));
    }
    return new Policy(parsed);
  }
}
