package dev.siltstone.cdk;

import dev.siltstone.cdk.props.FunctionsProps;
import dev.siltstone.cdk.props.SiltstoneStoreProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * One function with its log group, its role, which has no statement but {@link #permissions}, and
 * the alias {@value #LIVE}, behind which a new version replaces the old one at once.
 */
public final class StoreFunction extends Construct {
  static final String LIVE = "live";

  private final List<Permission> permissions = new ArrayList<>();
  private final LogGroup logs;
  private final Role role;
  private final Function function;
  private final Alias live;

  StoreFunction(
      Construct scope,
      String id,
      FunctionSpec spec,
      Map<String, String> environment,
      StoreNetwork network,
      SiltstoneStoreProps props) {
    super(scope, id);
    logs =
        LogGroup.Builder.create(this, "Logs")
            .retention(retention(props.functions()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    function = newFunction(spec, environment, network, props);
    live =
        Alias.Builder.create(this, "Live")
            .aliasName(LIVE)
            .version(function.getCurrentVersion())
            .provisionedConcurrentExecutions(spec.provisioned() == 0 ? null : spec.provisioned())
            .build();
    grant(own(props.functions().tracing()));
    grant(network.permissions());
    NagReasons.function(this);
  }

  private Function newFunction(
      FunctionSpec spec,
      Map<String, String> environment,
      StoreNetwork network,
      SiltstoneStoreProps props) {
    Function.Builder builder =
        Function.Builder.create(this, "Function")
            .description(spec.description())
            .runtime(Runtime.JAVA_25)
            .architecture(
                switch (props.functions().cpu()) {
                  case ARM64 -> Architecture.ARM_64;
                  case X86_64 -> Architecture.X86_64;
                })
            .handler(spec.handler())
            .code(
                Code.fromAsset(
                    props.packages().resolve(spec.module()).resolve("target/lambda").toString()))
            .role(role)
            .logGroup(logs)
            .loggingFormat(LoggingFormat.JSON)
            .environment(environment)
            .memorySize(spec.memoryMb())
            .timeout(spec.timeout())
            .ephemeralStorageSize(spec.diskGib() == 0 ? null : Size.gibibytes(spec.diskGib()))
            .snapStart(spec.snapStart() ? SnapStartConf.ON_PUBLISHED_VERSIONS : null);
    network.place(builder);
    Function made = builder.build();
    if (spec.snapStart()) {
      Annotations.of(made)
          .acknowledgeWarning(
              "@aws-cdk/aws-lambda:snapStartRequirePublish", "the alias publishes each version");
    }
    if (props.functions().tracing()) {
      // Not by the builder, which would add a statement of its own to the role.
      ((CfnFunction) made.getNode().getDefaultChild())
          .setTracingConfig(CfnFunction.TracingConfigProperty.builder().mode("Active").build());
    }
    return made;
  }

  private List<Permission> own(boolean tracing) {
    List<Permission> own = new ArrayList<>();
    own.add(
        Permission.of(
            "WriteOwnLogs",
            "its own log group and no other",
            List.of("logs:CreateLogStream", "logs:PutLogEvents"),
            logs.getLogGroupArn()));
    if (tracing) {
      own.add(
          Permission.of(
              "Trace",
              "X-Ray knows no narrower resource",
              List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
              "*"));
    }
    return own;
  }

  void grant(List<Permission> granted) {
    granted.forEach(permission -> role.addToPolicy(permission.statement()));
    permissions.addAll(granted);
  }

  /** Every statement of its role. */
  public List<Permission> permissions() {
    return List.copyOf(permissions);
  }

  public Function function() {
    return function;
  }

  /** What callers invoke. */
  public Alias live() {
    return live;
  }

  public LogGroup logs() {
    return logs;
  }

  static RetentionDays retention(FunctionsProps props) {
    return switch (props.logDays()) {
      case 1 -> RetentionDays.ONE_DAY;
      case 3 -> RetentionDays.THREE_DAYS;
      case 7 -> RetentionDays.ONE_WEEK;
      case 14 -> RetentionDays.TWO_WEEKS;
      case 30 -> RetentionDays.ONE_MONTH;
      case 90 -> RetentionDays.THREE_MONTHS;
      case 180 -> RetentionDays.SIX_MONTHS;
      case 365 -> RetentionDays.ONE_YEAR;
      default -> throw new IllegalArgumentException("no retention of " + props.logDays());
    };
  }
}
