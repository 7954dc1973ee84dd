package dev.siltstone.fuzz;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes requests from the routes: a valid one, of which something may be spoilt. */
final class HostileRequests {
  private static final Pattern VALUE =
      Pattern.compile("\"[^\"]*\"|-?\\d+(\\.\\d+)?|null|\\[[^\\[\\]]*\\]");

  /** Every place of a document is looked at by hundreds of instructions. */
  private static final String SLOW_EXPRESSION =
      "{\"$regex\":\"(x?){60}(x?){60}(x?){60}(x?){60}y\"}";

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1e400",
          "-0.0",
          "NaN",
          "18446744073709551616",
          "1e-400",
          "9223372036854775808",
          "\"\"",
          "\"\\ud800\"",
          "\"a\\udc00b\"",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"\":1}",
          "{\"$gt\":\"x\"}",
          "{\"\\ud83d\":1}",
          "[1,\"a\"]",
          "{\"a\":{\"$in\":[]}}",
          "{\"$and\":[{\"$or\":[]}]}",
          "\"AAAA\"",
          "\"not base64!\"",
          "{\"#document\":{\"$regex\":\"(a*)*b\"}}",
          SLOW_EXPRESSION,
          "{\"#document\":" + SLOW_EXPRESSION + "}",
          "{\"$or\":[" + SLOW_EXPRESSION + "," + SLOW_EXPRESSION + "]}",
          "{\"$regex\":\"(((x{1,30}){1,10}){1,10}){1,10}\"}",
          "{\"$not_regex\":\"(.*)(.*)(.*)(.*)(.*)[^x]$\"}",
          "[" + "{\"a\":1},".repeat(3_000) + "{}]",
          "2147483647",
          "1e308",
          "\"" + "x".repeat(3_000) + "\"",
          "[[" + "0.5,".repeat(20_000) + "1]]",
          "\"\ufeff\"",
          "\"\u202e\\r\\n\"",
          "{\"$regex\":\"[\"}",
          "{\"$not\":1}",
          "{\"#type\":\"sparse_vector\",\"indices\":[1],\"values\":[1]}",
          "\"😀\"",
          "[".repeat(200) + "]".repeat(200),
          "{\"$and\":[".repeat(90) + "]}".repeat(90),
          "\"" + "x".repeat(70_000) + "\"",
          "9".repeat(2_000),
          "[\"a\",\"a\",\"a\"]",
          "[1e39,1e39]",
          "[0.1,0.2,0.3,0.4]");

  private static final List<String> SEGMENTS =
      List.of(
          "other",
          "default_tenant",
          "%00",
          "%ff",
          "%zz",
          "%",
          "a%2Fb",
          "..",
          "%2e%2e",
          "a b",
          "é",
          "%F0%9F%98%80",
          "%ED%A0%80",
          "x".repeat(3_000),
          "00000000-0000-0000-0000-000000000000",
          "'",
          "\"; DROP TABLE head; --",
          "CAT#TOKENS",
          "~",
          "a:b:c",
          "1.2.3.4");

  private static final List<String> QUERY_VALUES =
      List.of("1", "0", "-1", "x", "", "99999999999999999999", "1.5", "index_only", "\u0000");

  private static final List<String> HEADERS =
      List.of(
          "x-siltstone-consistency",
          "x-siltstone-at-least",
          "x-siltstone-max-age",
          "content-type",
          "authorization",
          "x-chroma-token",
          "x-siltstone-as-of",
          "x-siltstone-ef-search",
          "x-siltstone-measure",
          "accept-encoding",
          "origin");

  private final Random random;
  private final String collection;

  /** Requests that write to nothing but this collection of the default database, if they do. */
  HostileRequests(Random random, String collection) {
    this.random = random;
    this.collection = collection;
  }

  ApiRequest next() {
    Route route = one(List.of(Route.values()));
    String path = path(route);
    if (random.nextInt(6) == 0) {
      path = spoiltPath(path);
    }
    return new ApiRequest(
        random.nextInt(40) == 0 ? "PATCH" : route.method().name(),
        path,
        random.nextInt(4) == 0
            ? Map.of(one(List.of("limit", "offset", "read_level")), List.of(one(QUERY_VALUES)))
            : Map.of(),
        random.nextInt(5) == 0 ? Map.of(one(HEADERS), one(QUERY_VALUES)) : Map.of(),
        spoilt(body(route)).getBytes(StandardCharsets.UTF_8));
  }

  private String path(Route route) {
    String name =
        switch (route) {
          case GET_COLLECTION, DELETE_COLLECTION -> "victim";
          default -> collection;
        };
    String database = route == Route.DELETE_DATABASE ? "victims" : "default_database";
    return route
        .path()
        .replace("{tenant}", "default_tenant")
        .replace("{database}", database)
        .replace("{collection}", name)
        .replace("{crn}", "default_tenant:default_database:victim")
        .replace("{function}", "f");
  }

  /** One segment after the fixed ones becomes something else. */
  private String spoiltPath(String path) {
    String[] segments = path.split("/", -1);
    int first = Math.min(3, segments.length - 1);
    segments[first + random.nextInt(segments.length - first)] = one(SEGMENTS);
    return String.join("/", segments);
  }

  private String body(Route route) {
    String id = "\"id" + random.nextInt(50) + "\"";
    String where =
        one(
            List.of(
                "{\"k\":{\"$gte\":2}}",
                "{\"$or\":[{\"k\":1},{\"t\":{\"$in\":[\"a\",\"b\"]}}]}",
                "{\"#document\":{\"$regex\":\"o[a-z]+\"}}",
                "{\"l\":{\"$contains\":2}}"));
    return switch (route) {
      case CREATE_TENANT -> "{\"name\":\"tenant%d\"}".formatted(random.nextInt(20));
      case CREATE_DATABASE -> "{\"name\":\"victims\"}";
      case CREATE_COLLECTION ->
          "{\"name\":\"victim\",\"get_or_create\":true,\"metadata\":{\"a\":1},\"configuration\":"
              + "{\"hnsw\":{\"space\":\"cosine\",\"ef_search\":10}}}";
      case UPDATE_TENANT -> "{\"resource_name\":\"r\"}";
      case UPDATE_COLLECTION -> "{\"new_metadata\":{\"a\":\"b\"}}";
      case ADD, UPSERT, UPDATE ->
          "{\"ids\":[%s],\"embeddings\":[[%d,1]],\"documents\":[\"%s\"],\"metadatas\":[{\"k\":%d,\"t\":\"a\",\"l\":[1,2]}],\"uris\":[\"u\"]}"
              .formatted(id, random.nextInt(9), document(), random.nextInt(5));
      case DELETE_RECORDS ->
          random.nextBoolean() ? "{\"ids\":[" + id + "]}" : "{\"where\":" + where + ",\"limit\":2}";
      case GET_RECORDS ->
          "{\"where\":%s,\"limit\":5,\"offset\":0,\"include\":[\"documents\",\"embeddings\"]}"
              .formatted(where);
      case QUERY ->
          "{\"query_embeddings\":[[1,2]],\"n_results\":3,\"where\":%s,\"where_document\":{\"$contains\":\"so\"},\"include\":[\"distances\"]}"
              .formatted(where);
      case SEARCH ->
          "{\"searches\":[{\"rank\":{\"$sum\":[{\"$knn\":{\"query\":[1,2],\"limit\":5}},{\"$val\":1}]},\"limit\":{\"limit\":3,\"offset\":0},\"select\":{\"keys\":[\"#document\",\"k\"]},\"group_by\":{\"keys\":[\"t\"],\"aggregate\":{\"$min_k\":{\"keys\":[\"k\"],\"k\":1}}}}]}";
      case FORK -> "{\"new_name\":\"victim2\"}";
      default -> "{}";
    };
  }

  /** Some are long enough for an expression to be slow. */
  private String document() {
    return random.nextInt(5) == 0 ? "x".repeat(2_500) : "some words";
  }

  /** The body as it is in one case of three, else with a value replaced, cut short, or noise. */
  private String spoilt(String body) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> body;
      case 4 -> body.substring(0, random.nextInt(body.length() + 1));
      case 5 -> one(VALUES);
      case 6 -> body + one(VALUES);
      default -> replaced(random.nextInt(4) == 0 ? replaced(body) : body);
    };
  }

  private String replaced(String body) {
    Matcher matcher = VALUE.matcher(body);
    List<MatchResult> places = matcher.results().toList();
    if (places.isEmpty()) {
      return one(VALUES);
    }
    MatchResult place = one(places);
    return body.substring(0, place.start()) + one(VALUES) + body.substring(place.end());
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
