package dev.siltstone.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.local.cost.Bill;
import dev.siltstone.local.cost.CostModel;
import dev.siltstone.local.cost.PriceList;
import dev.siltstone.local.cost.StackOptions;
import dev.siltstone.local.cost.Workload;
import dev.siltstone.permissions.DeployedStack;
import dev.siltstone.permissions.DeployedTemplates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the cost model charges an idle stack for is what its template has. */
@EnabledIf(
    value = "dev.siltstone.permissions.DeployedTemplates#areThere",
    disabledReason = "the CDK library needs node on the PATH")
class ModelledStackTest {
  private static final Workload NOTHING = new Workload(0, 384, 500, 0, 10, 0, 1, 8);

  /** Five pollers that ask three times a minute. */
  private static final long RECEIVES = 5 * 3 * 60 * 730;

  @Test
  void anIdleStackPaysForItsAlarmsAndForTheQueuesThatLambdaPolls() {
    assertAsInTemplate(DeployedStack.DEFAULT, StackOptions.NONE);
    assertAsInTemplate(DeployedStack.WITH_OPTIONS, new StackOptions(true, 0, true, 0, 1, true));
  }

  private static void assertAsInTemplate(DeployedStack stack, StackOptions options) {
    Bill idle = new CostModel(NOTHING, options, PriceList.standard()).bill();

    assertThat(quantity(idle, "alarms"))
        .isEqualTo(DeployedTemplates.count(stack, "AWS::CloudWatch::Alarm"));
    assertThat(quantity(idle, "queues polled while idle"))
        .isEqualTo(RECEIVES * DeployedTemplates.count(stack, "AWS::Lambda::EventSourceMapping"));
  }

  private static double quantity(Bill bill, String what) {
    return bill.lines().stream()
        .filter(line -> line.what().equals(what))
        .mapToDouble(Bill.Line::quantity)
        .sum();
  }
}
