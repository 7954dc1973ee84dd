package dev.siltstone.emulators;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class where there is no {@link LocalStack}, and says so on the console. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsLocalStack.Condition.class)
public @interface NeedsLocalStack {

  /** The condition, for JUnit. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<String> missing = LocalStack.whyMissing();
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("LocalStack is there");
      }
      System.out.println("SKIPPED " + context.getDisplayName() + ": " + missing.get());
      return ConditionEvaluationResult.disabled(missing.get());
    }
  }
}
