package dev.siltstone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.Route.Area;
import dev.siltstone.api.Route.Owner;
import dev.siltstone.api.Routing.Matched;
import dev.siltstone.api.Routing.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final String COLLECTIONS = "/api/v2/tenants/ten/databases/dat/collections";

  private final Router router = new Router();

  @Test
  void findsEveryDeclaredRouteByItsOwnTemplate() {
    for (Route route : Route.values()) {
      String path = route.path().replaceAll("\\{(\\w+)}", "some-$1");
      assertThat(matched(route.method().name(), path).route()).isEqualTo(route);
    }
  }

  @Test
  void declaresNoMethodAndPathTwice() {
    Map<String, Long> counts =
        Arrays.stream(Route.values())
            .collect(
                Collectors.groupingBy(
                    route -> route.method() + " " + route.path(), Collectors.counting()));
    assertThat(counts.values()).containsOnly(1L);
  }

  @Test
  void onlyTheThreeWritesBelongToTheProducer() {
    assertThat(Arrays.stream(Route.values()).filter(r -> r.owner() == Owner.PRODUCER))
        .containsExactlyInAnyOrder(Route.ADD, Route.UPSERT, Route.UPDATE)
        .allMatch(route -> route.area() == Area.RECORDS);
  }

  @Test
  void decodesParametersSegmentBySegment() {
    RouteMatch match = matched("GET", "/api/v2/tenants/a%2Fb%20c+d/databases/%C3%BC");
    assertThat(match.route()).isEqualTo(Route.GET_DATABASE);
    assertThat(match.tenant()).isEqualTo("a/b c+d");
    assertThat(match.database()).isEqualTo("ü");
  }

  @Test
  void prefersByIdToACollectionOfThatName() {
    assertThat(matched("GET", COLLECTIONS + "/by-id/x").route())
        .isEqualTo(Route.GET_COLLECTION_BY_ID);
    assertThat(matched("GET", COLLECTIONS + "/by-id").route()).isEqualTo(Route.GET_COLLECTION);
  }

  @Test
  void answersHeadWhereItAnswersGet() {
    assertThat(matched("HEAD", "/api/v2/heartbeat").route()).isEqualTo(Route.HEARTBEAT);
    assertThat(refused("HEAD", "/api/v2/reset").status()).isEqualTo(405);
  }

  @Test
  void answersUnknownPathsWithAnEmpty404() {
    for (String path :
        new String[] {
          "",
          "/",
          "//",
          "/nope",
          "/api/v2/",
          "/api/v2/heartbeat/",
          "/api/v2/%68eartbeat",
          "/api/v2/tenants//databases",
          "/api/v3/heartbeat",
          COLLECTIONS + "/x/conditional/get"
        }) {
      ApiResponse response = refused("GET", path);
      assertThat(response.status()).as(path).isEqualTo(404);
      assertThat(response.body()).as(path).isEmpty();
    }
  }

  @Test
  void answersAKnownPathUnderAnotherMethodWithAnEmpty405() {
    for (String method : new String[] {"PUT", "OPTIONS", "BREW", "get", ""}) {
      ApiResponse response = refused(method, COLLECTIONS + "/x/add");
      assertThat(response.status()).as(method).isEqualTo(405);
      assertThat(response.body()).as(method).isEmpty();
    }
  }

  @Test
  void saysThatTheFirstVersionIsGone() {
    ApiResponse response = refused("GET", "/api/v1/heartbeat");
    assertThat(response.status()).isEqualTo(410);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"error":"Unimplemented","message":"The v1 API is deprecated. Please use /v2 apis"}\
            """);
  }

  @Test
  void refusesBrokenPercentEncoding() {
    for (String name : new String[] {"%", "%4", "%zz", "%ff", "%c0%80", "%ed%a0%80", "\ud800"}) {
      assertThat(refused("GET", "/api/v2/tenants/" + name).status()).as(name).isEqualTo(400);
    }
  }

  private RouteMatch matched(String method, String path) {
    assertThat(router.route(method, path)).as(method + " " + path).isInstanceOf(Matched.class);
    return ((Matched) router.route(method, path)).match();
  }

  private ApiResponse refused(String method, String path) {
    assertThat(router.route(method, path)).as(method + " " + path).isInstanceOf(Refused.class);
    return ((Refused) router.route(method, path)).response();
  }
}
