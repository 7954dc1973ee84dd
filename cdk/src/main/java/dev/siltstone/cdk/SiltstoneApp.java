package dev.siltstone.cdk;

import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** The CDK app: one stack, in the account and region that the CDK command line is set up for. */
public final class SiltstoneApp {
  private SiltstoneApp() {}

  public static void main(String[] args) {
    App app = new App();
    new SiltstoneStack(
        app,
        "Siltstone",
        StackProps.builder()
            .env(
                Environment.builder()
                    .account(System.getenv("CDK_DEFAULT_ACCOUNT"))
                    .region(System.getenv("CDK_DEFAULT_REGION"))
                    .build())
            .description("Siltstone: a serverless vector database")
            .build(),
        Path.of("").toAbsolutePath());
    app.synth();
  }
}
