package dev.siltstone.cdk;

import dev.siltstone.api.Route;
import dev.siltstone.cdk.props.Access;
import dev.siltstone.cdk.props.DomainProps;
import dev.siltstone.cdk.props.SiltstoneStoreProps;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpIamAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpJwtAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegrationProps;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.DomainMappingOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.IHttpRouteAuthorizer;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The HTTP API in front of the functions: every route of the one declaration, to the function that
 * owns it. Its access log says which route was called, not with what.
 */
public final class StoreApi extends Construct {
  private static final String ACCESS_LOG =
      """
      {"requestId":"$context.requestId","at":"$context.requestTime","route":"$context.routeKey",\
      "status":"$context.status","bytes":"$context.responseLength",\
      "millis":"$context.responseLatency","error":"$context.integrationErrorMessage"}\
      """;

  private final @Nullable DomainName domain;
  private final HttpApi api;

  StoreApi(Construct scope, String id, StoreFunctions functions, SiltstoneStoreProps props) {
    super(scope, id);
    domain = domain(props.domain());
    api =
        HttpApi.Builder.create(this, "Http")
            .description("Siltstone: Chroma's HTTP API")
            .defaultAuthorizer(authorizer(props.access()))
            .defaultDomainMapping(
                domain == null ? null : DomainMappingOptions.builder().domainName(domain).build())
            .build();
    HttpLambdaIntegration producer = integration("Producer", functions.producer());
    HttpLambdaIntegration query = integration("Query", functions.query());
    for (Route route : Route.values()) {
      switch (route.owner()) {
        case PRODUCER -> add(route, producer);
        case QUERY -> add(route, query);
      }
    }
    logAccess(props);
    NagReasons.api(this, props.access());
  }

  private @Nullable DomainName domain(@Nullable DomainProps props) {
    return props == null
        ? null
        : DomainName.Builder.create(this, "Domain")
            .domainName(props.name())
            .certificate(
                Certificate.fromCertificateArn(this, "Certificate", props.certificateArn()))
            .build();
  }

  /** Null where the functions themselves ask for a token. */
  private static @Nullable IHttpRouteAuthorizer authorizer(Access access) {
    return switch (access) {
      case Access.Tokens _ -> null;
      case Access.Iam _ -> new HttpIamAuthorizer();
      case Access.Jwt jwt ->
          HttpJwtAuthorizer.Builder.create("Jwt", jwt.issuer())
              .jwtAudience(jwt.audiences())
              .build();
    };
  }

  /** One permission for all routes: a function's own policy has room for few. */
  private static HttpLambdaIntegration integration(String id, StoreFunction function) {
    return new HttpLambdaIntegration(
        id,
        function.live(),
        HttpLambdaIntegrationProps.builder().scopePermissionToRoute(false).build());
  }

  private void add(Route route, HttpLambdaIntegration integration) {
    api.addRoutes(
        AddRoutesOptions.builder()
            .path(route.path())
            .methods(List.of(HttpMethod.valueOf(route.method().name())))
            .integration(integration)
            .build());
  }

  private void logAccess(SiltstoneStoreProps props) {
    LogGroup logs =
        LogGroup.Builder.create(this, "Access")
            .retention(StoreFunction.retention(props.functions()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    CfnStage stage = (CfnStage) api.getDefaultStage().getNode().getDefaultChild();
    stage.setAccessLogSettings(
        CfnStage.AccessLogSettingsProperty.builder()
            .destinationArn(logs.getLogGroupArn())
            .format(ACCESS_LOG)
            .build());
  }

  public HttpApi http() {
    return api;
  }

  /** The domain of the user's, if there is one. */
  public @Nullable DomainName domain() {
    return domain;
  }
}
