package dev.siltstone.cdk;

import java.nio.file.Path;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** One store and what its user needs to know of it. */
public final class SiltstoneStack extends Stack {
  /**
   * The stack.
   *
   * @param packages the folder in which the functions' modules have been packaged
   */
  public SiltstoneStack(Construct scope, String id, StackProps props, Path packages) {
    super(scope, id, props);
    SiltstoneStore store = new SiltstoneStore(this, "Store", packages);
    output("ApiUrl", store.api().getApiEndpoint());
    output("ProducerFunction", store.functions().producer().getFunctionName());
    output("CompactorFunction", store.functions().compactor().getFunctionName());
    output("QueryFunction", store.functions().query().getFunctionName());
    output("Bucket", store.storage().bucket().getBucketName());
    output("Table", store.storage().table().getTableName());
  }

  private void output(String name, String value) {
    CfnOutput.Builder.create(this, name).value(value).build();
  }
}
