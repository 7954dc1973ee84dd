package dev.siltstone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Permission;
import dev.siltstone.api.Route;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.LocalTokens;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Access;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import dev.siltstone.record.Embedding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants with the same names everywhere: nothing of one reaches the other. */
class TenantIsolationTest {
  private static final String ALDER = "alder";
  private static final String BIRCH = "birch";
  private static final Set<Route> WITHOUT_TENANT =
      EnumSet.of(
          Route.OPEN_API,
          Route.DOCS,
          Route.ROOT_HEARTBEAT,
          Route.HEARTBEAT,
          Route.VERSION,
          Route.HEALTHCHECK,
          Route.PRE_FLIGHT_CHECKS,
          Route.IDENTITY);

  @TempDir private Path folder;
  private LocalNode node;
  private LocalTokens store;
  private TwoTenants tenants;

  @BeforeEach
  void open() {
    store = LocalTokens.in(folder);
    String admin = token(Role.ADMIN, Scope.ALL);
    node =
        LocalNode.open(
            new NodeSettings(
                folder, new NoEmbedding(), Compaction.ON_DEMAND, Reset.ALLOWED, Access.BY_TOKEN));
    tenants = new TwoTenants(node, admin);
    tenants.make(ALDER, "alder-secret");
    tenants.make(BIRCH, "birch-secret");
  }

  @AfterEach
  void close() {
    node.close();
    store.close();
  }

  @Test
  void aTokenOfOneTenantIsRefusedOnEveryRouteOfTheOther() {
    String before = tenants.contents(BIRCH);
    for (Role role : Role.values()) {
      for (Scope scope : List.of(scope(ALDER), scope(ALDER, TwoTenants.DATABASE))) {
        String token = token(role, scope);
        for (Route route : Route.values()) {
          if (!WITHOUT_TENANT.contains(route)) {
            for (String collection : List.of(tenants.id(BIRCH), TwoTenants.COLLECTION)) {
              ApiResponse answer = send(token, route, BIRCH, collection);
              assertThat(answer.status()).as(route + " as " + role).isEqualTo(403);
              assertThat(TwoTenants.text(answer)).doesNotContain("birch-secret");
            }
          }
        }
      }
    }
    assertThat(tenants.contents(BIRCH)).isEqualTo(before);
  }

  @Test
  void noPathOfOneTenantReachesACollectionOfTheOther() {
    String before = tenants.contents(BIRCH);
    String token = token(Role.ADMIN, scope(ALDER));
    for (Route route : Route.values()) {
      if (route.path().contains("{collection}")) {
        for (String collection : foreignNames()) {
          ApiResponse answer = send(token, route, ALDER, collection);
          assertThat(answer.status()).as(route + " " + collection).isIn(400, 403, 404, 405, 501);
          assertThat(TwoTenants.text(answer)).doesNotContain("birch-secret");
        }
      }
    }
    assertThat(tenants.contents(BIRCH)).isEqualTo(before);
  }

  /** The other's collection by id, and paths that lead out of a segment if they were decoded. */
  private List<String> foreignNames() {
    String id = tenants.id(BIRCH);
    String path = "birch%2Fdatabases%2F" + TwoTenants.DATABASE + "%2Fcollections%2F";
    return List.of(
        id,
        "..%2F..%2F..%2F" + path + id,
        "%2e%2e%2f%2e%2e%2f" + path + TwoTenants.COLLECTION,
        "../../../../" + BIRCH + "/databases/" + TwoTenants.DATABASE + "/collections/" + id,
        "birch:" + TwoTenants.DATABASE + ":" + TwoTenants.COLLECTION);
  }

  @Test
  void noFilterOrRecordIdReachesTheOther() {
    String token = token(Role.WRITE, scope(ALDER));
    String base = tenants.path(Route.GET_RECORDS, ALDER, tenants.id(ALDER));
    for (String body :
        List.of(
            "{\"ids\":[\"a\"]}",
            "{}",
            "{\"where\":{\"k\":\"birch-secret\"}}",
            "{\"where\":{\"tenant\":\"birch\"}}",
            "{\"where_document\":{\"$contains\":\"birch\"}}",
            "{\"where_document\":{\"$regex\":\".*\"}}",
            "{\"where\":{\"k\":{\"$ne\":\"x\"}},\"tenant\":\"birch\",\"database\":\"shared-name\"}")) {
      ApiResponse got = tenants.send(token, "POST", base + "?tenant=birch", body);
      assertThat(got.status()).as(body).isEqualTo(200);
      assertThat(TwoTenants.text(got)).as(body).doesNotContain("birch");
    }
    String delete = tenants.path(Route.DELETE_RECORDS, ALDER, tenants.id(ALDER));
    assertThat(tenants.send(token, "POST", delete, "{\"where\":{\"k\":{\"$ne\":\"x\"}}}").status())
        .isEqualTo(200);
    assertThat(tenants.contents(ALDER)).doesNotContain("alder-secret");
    assertThat(tenants.contents(BIRCH)).contains("birch-secret");
  }

  @Test
  void listsAndCountsAreOfOneTenant() {
    String token = token(Role.READ, scope(ALDER));
    for (Route route :
        List.of(
            Route.GET_TENANT,
            Route.LIST_DATABASES,
            Route.LIST_COLLECTIONS,
            Route.GET_COLLECTION,
            Route.GET_COLLECTION_BY_CRN)) {
      ApiResponse answer = send(token, route, ALDER, TwoTenants.COLLECTION);
      assertThat(answer.status()).as(route.name()).isEqualTo(200);
      assertThat(TwoTenants.text(answer)).doesNotContain(tenants.id(BIRCH), "birch");
    }
    assertThat(TwoTenants.text(send(token, Route.COUNT_COLLECTIONS, ALDER, ""))).isEqualTo("1");
    assertThat(TwoTenants.json(send(token, Route.IDENTITY, ALDER, "")).get("tenant").asText())
        .isEqualTo(ALDER);
  }

  @Test
  void withoutAValidTokenOnlyPublicRoutesAnswer() {
    String revoked = stored(Role.ADMIN, Scope.ALL);
    store.revoke(TokenSecret.parse(revoked).orElseThrow().id());
    for (String token :
        new String[] {null, "", "silt_", revoked, "silt_000000000000_" + "A".repeat(43)}) {
      for (Route route : Route.values()) {
        int status = send(token, route, ALDER, TwoTenants.COLLECTION).status();
        if (route.permission() == Permission.PUBLIC) {
          assertThat(status).as(route.name()).isEqualTo(200);
        } else {
          assertThat(status).as(route.name()).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void aRoleDoesWhatItIsForAndNoMore() {
    String reader = token(Role.READ, Scope.ALL);
    String writer = token(Role.WRITE, Scope.ALL);
    for (Route route : Route.values()) {
      boolean refusesReader =
          route.permission() == Permission.WRITE || route.permission() == Permission.ADMIN;
      assertThat(send(reader, route, ALDER, "nowhere").status() == 403)
          .as("read " + route)
          .isEqualTo(refusesReader);
      assertThat(send(writer, route, ALDER, "nowhere").status() == 403)
          .as("write " + route)
          .isEqualTo(route.permission() == Permission.ADMIN);
    }
  }

  @Test
  void aTokenOfOneDatabaseSeesNoOtherOfItsTenant() {
    String admin = token(Role.ADMIN, scope(ALDER));
    String databases = "/api/v2/tenants/alder/databases";
    assertThat(tenants.send(admin, "POST", databases, "{\"name\":\"hidden\"}").status())
        .isEqualTo(200);
    String token = token(Role.ADMIN, scope(ALDER, TwoTenants.DATABASE));

    assertThat(tenants.send(token, "GET", "/api/v2/tenants/alder", "").status()).isEqualTo(200);
    assertThat(tenants.send(token, "GET", databases, "").status()).isEqualTo(403);
    assertThat(tenants.send(token, "GET", databases + "/hidden", "").status()).isEqualTo(403);
    assertThat(tenants.send(token, "DELETE", databases + "/hidden", "").status()).isEqualTo(403);
    assertThat(tenants.send(token, "GET", databases + "/shared-name", "").status()).isEqualTo(200);
  }

  private ApiResponse send(String token, Route route, String tenant, String collection) {
    return tenants.send(
        token,
        route.method().name(),
        tenants.path(route, tenant, collection),
        TwoTenants.body(route));
  }

  private static Scope scope(String tenant) {
    return new Scope(Set.of(new TenantName(tenant)), Set.of());
  }

  private static Scope scope(String tenant, String database) {
    return new Scope(Set.of(new TenantName(tenant)), Set.of(new DatabaseName(database)));
  }

  private String token(Role role, Scope scope) {
    String token = stored(role, scope);
    untilKnown(token);
    return token;
  }

  private String stored(Role role, Scope scope) {
    TokenSecret secret = TokenSecret.fresh(new Random());
    store.add(new AccessToken(secret.id(), "test", role, scope, secret.hash(), Instant.EPOCH));
    return secret.reveal();
  }

  /** A node that runs learns of a new token in a moment. */
  private void untilKnown(String token) {
    TwoTenants running = tenants;
    while (running != null && send(token, Route.IDENTITY, ALDER, "").status() != 200) {
      Thread.onSpinWait();
    }
  }

  /** A node has to have one; no test here writes a text without its vector. */
  private static final class NoEmbedding implements EmbeddingFunction {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
      throw new UnsupportedOperationException();
    }
  }
}
