package dev.siltstone.api;

import dev.siltstone.api.Routing.Matched;
import dev.siltstone.api.Routing.Refused;
import dev.siltstone.failure.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request. Paths are compared segment by segment as they were sent; only
 * parameters are percent-decoded, so an encoded slash stays inside its segment. Of two templates
 * that fit, the one declared first wins.
 *
 * <p>An unknown path is a 404 and a known path under another method a 405, both with an empty body;
 * the retired first version of the API is a 410.
 */
public final class Router {
  private static final String V1 = "/api/v1/";

  private final Map<Integer, List<Template>> templatesByLength = new HashMap<>();

  public Router() {
    Map<String, Template> byPath = new HashMap<>();
    for (Route route : Route.values()) {
      Template template = byPath.get(route.path());
      if (template == null) {
        template = new Template(segments(route.path()), new EnumMap<>(HttpMethod.class));
        byPath.put(route.path(), template);
        templatesByLength
            .computeIfAbsent(template.segments().size(), _ -> new ArrayList<>())
            .add(template);
      }
      template.routes().put(route.method(), route);
    }
  }

  /**
   * The route for a request.
   *
   * @param method upper-case
   * @param path as sent, without query string
   */
  public Routing route(String method, String path) {
    List<String> segments = segments(path);
    for (Template template : templatesByLength.getOrDefault(segments.size(), List.of())) {
      if (template.fits(segments)) {
        return routed(template, method, segments);
      }
    }
    return new Refused(path.startsWith(V1) ? gone() : ApiResponse.empty(404));
  }

  private static Routing routed(Template template, String method, List<String> segments) {
    Optional<Route> route = HttpMethod.named(method).map(template.routes()::get);
    if (route.isEmpty()) {
      return new Refused(ApiResponse.empty(405));
    }
    try {
      return new Matched(new RouteMatch(route.get(), template.parameters(segments)));
    } catch (InvalidRequestException e) {
      return new Refused(ErrorResponse.of(e));
    }
  }

  private static ApiResponse gone() {
    return ErrorResponse.of(
        new ApiException(410, "Unimplemented", "The v1 API is deprecated. Please use /v2 apis"));
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  private record Template(List<String> segments, Map<HttpMethod, Route> routes) {
    boolean fits(List<String> sent) {
      for (int i = 0; i < segments.size(); i++) {
        String expected = segments.get(i);
        if (isParameter(expected) ? sent.get(i).isEmpty() : !expected.equals(sent.get(i))) {
          return false;
        }
      }
      return true;
    }

    Map<String, String> parameters(List<String> sent) {
      Map<String, String> parameters = new HashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        if (isParameter(segment)) {
          parameters.put(
              segment.substring(1, segment.length() - 1), PercentEncoding.decode(sent.get(i)));
        }
      }
      return parameters;
    }

    private static boolean isParameter(String segment) {
      return segment.startsWith("{");
    }
  }
}
