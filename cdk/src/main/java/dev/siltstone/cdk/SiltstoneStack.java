package dev.siltstone.cdk;

import dev.siltstone.cdk.props.SiltstoneStoreProps;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * One store and what its user needs to know of it: as outputs for people and, for programs, as SSM
 * parameters {@code /siltstone/<stack>/<output>}.
 */
public final class SiltstoneStack extends Stack {
  private final SiltstoneStore store;

  public SiltstoneStack(Construct scope, String id, StackProps stack, SiltstoneStoreProps props) {
    super(scope, id, stack);
    store = new SiltstoneStore(this, "Store", props);
    store.outputs().forEach(this::output);
  }

  public SiltstoneStore store() {
    return store;
  }

  private void output(String name, String value) {
    CfnOutput.Builder.create(this, name).value(value).build();
    StringParameter.Builder.create(this, name + "Parameter")
        .parameterName("/siltstone/" + getStackName() + "/" + name)
        .stringValue(value)
        .build();
  }
}
