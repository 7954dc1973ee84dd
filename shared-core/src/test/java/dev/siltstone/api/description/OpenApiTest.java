package dev.siltstone.api.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.Permission;
import dev.siltstone.api.Route;
import dev.siltstone.api.json.JsonTree;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Pattern REFERENCE = Pattern.compile("\"#/components/(\\w+/[\\w-]+)\"");

  private final Map<?, ?> document = OpenApi.document();

  @Test
  void describesEveryDeclaredRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    object(document, "paths")
        .forEach((path, methods) ->
            ((Map<?, ?>) methods)
                .keySet()
                .forEach(method ->
                    described.add(method.toString().toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(described)
        .isEqualTo(
            Arrays.stream(Route.values())
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void saysOfEachRouteWhetherItNeedsAToken() {
    for (Route route : Route.values()) {
      boolean open = operation(route).get("security") instanceof List<?> all && all.isEmpty();
      assertThat(open).as(route.name()).isEqualTo(route.permission() == Permission.PUBLIC);
    }
  }

  @Test
  void namesEveryParameterOfAPath() {
    for (Route route : Route.values()) {
      long braces = route.path().chars().filter(c -> c == '{').count();
      long named =
          ((List<?>) Objects.requireNonNull(operation(route).get("parameters")))
              .stream().filter(p -> "path".equals(((Map<?, ?>) p).get("in"))).count();
      assertThat(named).as(route.path()).isEqualTo(braces);
    }
  }

  @Test
  void refersToAllItsComponentsAndToNothingElse() {
    Set<String> declared = new TreeSet<>();
    Map<?, ?> components = object(document, "components");
    for (String kind : List.of("schemas", "parameters", "headers")) {
      object(components, kind).keySet().forEach(name -> declared.add(kind + "/" + name));
    }
    Set<String> used =
        REFERENCE
            .matcher(JsonTree.text(document))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).isEqualTo(declared);
  }

  private Map<?, ?> operation(Route route) {
    return object(
        object(object(document, "paths"), route.path()),
        route.method().name().toLowerCase(Locale.ROOT));
  }

  private static Map<?, ?> object(Map<?, ?> parent, String name) {
    return (Map<?, ?>) Objects.requireNonNull(parent.get(name));
  }
}
