package dev.siltstone.cdk;

import dev.siltstone.api.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.constructs.Construct;

/** A vector database: its storage, its three functions, and the HTTP API in front of them. */
public final class SiltstoneStore extends Construct {
  private final StoreStorage storage;
  private final StoreFunctions functions;
  private final HttpApi api;

  /**
   * A store.
   *
   * @param packages the folder in which the functions' modules have been packaged
   */
  public SiltstoneStore(Construct scope, String id, Path packages) {
    super(scope, id);
    storage = new StoreStorage(this, "Storage");
    functions = new StoreFunctions(this, "Functions", storage, packages);
    api = HttpApi.Builder.create(this, "Api").description("Chroma's HTTP API").build();
    addRoutes();
  }

  public StoreStorage storage() {
    return storage;
  }

  public StoreFunctions functions() {
    return functions;
  }

  public HttpApi api() {
    return api;
  }

  /** Every route of the one declaration, to the function that owns it. */
  private void addRoutes() {
    HttpLambdaIntegration producer = new HttpLambdaIntegration("Producer", functions.producer());
    HttpLambdaIntegration query = new HttpLambdaIntegration("Query", functions.query());
    Map<String, List<Route>> byPath =
        Stream.of(Route.values()).collect(Collectors.groupingBy(Route::path));
    byPath.forEach((path, routes) ->
        routes.forEach(route ->
            api.addRoutes(
                AddRoutesOptions.builder()
                    .path(path)
                    .methods(List.of(HttpMethod.valueOf(route.method().name())))
                    .integration(
                        switch (route.owner()) {
                          case PRODUCER -> producer;
                          case QUERY -> query;
                        })
                    .build())));
  }
}
