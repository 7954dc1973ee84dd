package dev.siltstone.permissions;

import java.util.List;

/**
 * All that decides about the calls of one role within its account: the role's own statements and
 * those of the resources. A denial wins; without an allowance nothing is allowed (IAM user guide,
 * "Policy evaluation logic").
 */
record Policy(List<Statement> statements) {
  /** What becomes of a call. */
  sealed interface Decision {
    /** By these statements. */
    record Allowed(List<Statement> by) implements Decision {}

    /** By this statement, whatever else allows it. */
    record Denied(Statement by) implements Decision {}

    /** No statement allows it. */
    record Unmentioned() implements Decision {}
  }

  Decision decide(Call call) {
    List<Statement> matching =
        statements.stream().filter(statement -> statement.matches(overTls(call))).toList();
    for (Statement statement : matching) {
      if (statement.denies()) {
        return new Decision.Denied(statement);
      }
    }
    return matching.isEmpty() ? new Decision.Unmentioned() : new Decision.Allowed(matching);
  }

  /** The SDK's calls are; who tries otherwise says so. */
  private static Call overTls(Call call) {
    return call.context().containsKey("aws:SecureTransport")
        ? call
        : call.with("aws:SecureTransport", "true").with("s3:TlsVersion", "1.3");
  }
}
