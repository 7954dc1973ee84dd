package dev.siltstone.cdk;

import dev.siltstone.cdk.props.StackContext;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/**
 * The CDK app: one stack, as the context's options say, in the account and region that the CDK
 * command line is set up for.
 */
public final class SiltstoneApp {
  private SiltstoneApp() {}

  public static void main(String[] args) {
    App app = new App();
    try {
      define(app);
    } catch (IllegalArgumentException e) {
      System.err.println("The stack cannot be made: " + e.getMessage());
      System.exit(1);
    }
    app.synth();
  }

  private static void define(App app) {
    @SuppressWarnings("unchecked")
    StackContext context = new StackContext((Map<String, ?>) app.getNode().getAllContext());
    new SiltstoneStack(
        app,
        context.stackName(),
        StackProps.builder()
            .env(
                Environment.builder()
                    .account(System.getenv("CDK_DEFAULT_ACCOUNT"))
                    .region(System.getenv("CDK_DEFAULT_REGION"))
                    .build())
            .description("Siltstone: a serverless vector database")
            .build(),
        context.props(Path.of("").toAbsolutePath()));
  }
}
