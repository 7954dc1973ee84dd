package dev.siltstone.cdk;

import dev.siltstone.cdk.props.Embedding;
import dev.siltstone.cdk.props.Network;
import dev.siltstone.cdk.props.SiltstoneStoreProps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcLookupOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** Where the functions run: Lambda's own network, a new one of the store's, or a given one. */
final class StoreNetwork extends Construct {
  private static final int ZONES = 2;

  private final @Nullable IVpc vpc;
  private final SubnetSelection subnets;
  private final @Nullable SecurityGroup group;

  StoreNetwork(Construct scope, String id, SiltstoneStoreProps props) {
    super(scope, id);
    vpc =
        switch (props.network()) {
          case Network.None _ -> null;
          case Network.Isolated _ -> isolated();
          case Network.Existing existing ->
              Vpc.fromLookup(this, "Vpc", VpcLookupOptions.builder().vpcId(existing.id()).build());
          case Network.Given given -> given.vpc();
        };
    subnets =
        SubnetSelection.builder()
            .subnetType(
                props.network() instanceof Network.Isolated
                    ? SubnetType.PRIVATE_ISOLATED
                    : SubnetType.PRIVATE_WITH_EGRESS)
            .build();
    group =
        vpc == null
            ? null
            : SecurityGroup.Builder.create(this, "Functions")
                .vpc(vpc)
                .description("Functions of Siltstone; nothing comes in")
                .build();
    if (props.network() instanceof Network.Isolated && vpc != null && group != null) {
      endpoints(vpc, group, props);
    }
  }

  /** S3 and DynamoDB have gateways, which cost nothing. */
  private Vpc isolated() {
    Vpc made =
        Vpc.Builder.create(this, "Vpc")
            .maxAzs(ZONES)
            .natGateways(0)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("functions")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .build()))
            .gatewayEndpoints(
                Map.of(
                    "S3", gateway(GatewayVpcEndpointAwsService.S3),
                    "DynamoDb", gateway(GatewayVpcEndpointAwsService.DYNAMODB)))
            .build();
    NagReasons.network(made);
    return made;
  }

  private static GatewayVpcEndpointOptions gateway(GatewayVpcEndpointAwsService service) {
    return GatewayVpcEndpointOptions.builder().service(service).build();
  }

  /** Services without a gateway, for the functions alone. */
  private void endpoints(IVpc within, SecurityGroup functions, SiltstoneStoreProps props) {
    endpoint(within, functions, "Sqs", InterfaceVpcEndpointAwsService.SQS);
    if (props.embedding() instanceof Embedding.Bedrock) {
      endpoint(within, functions, "Bedrock", InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME);
    }
    if (props.functions().warmUp()) {
      endpoint(within, functions, "Lambda", InterfaceVpcEndpointAwsService.LAMBDA);
    }
  }

  private static void endpoint(
      IVpc within, SecurityGroup functions, String id, InterfaceVpcEndpointAwsService service) {
    within
        .addInterfaceEndpoint(
            id, InterfaceVpcEndpointOptions.builder().service(service).open(false).build())
        .getConnections()
        .allowDefaultPortFrom(functions);
  }

  void place(Function.Builder function) {
    if (group != null) {
      function.vpc(vpc).vpcSubnets(subnets).securityGroups(List.of(group));
    }
  }

  List<Permission> permissions() {
    return vpc == null
        ? List.of()
        : List.of(
            Permission.of(
                "AttachToNetwork",
                "Lambda connects the function with its role; these actions know no narrower"
                    + " resource",
                List.of(
                    "ec2:CreateNetworkInterface",
                    "ec2:DescribeNetworkInterfaces",
                    "ec2:DescribeSubnets",
                    "ec2:DeleteNetworkInterface",
                    "ec2:AssignPrivateIpAddresses",
                    "ec2:UnassignPrivateIpAddresses"),
                "*"));
  }
}
