package dev.siltstone.api.description;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.siltstone.api.Measured;
import dev.siltstone.api.Route;
import dev.siltstone.api.json.JsonTree;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document as one page of HTML without scripts, pictures or anything else to load: the
 * routes by area, each with its parameters, bodies and statuses, and the schemas they link to.
 */
public final class DocsPage {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
      h2{margin-top:2.5rem;border-bottom:1px solid #ccc}h3{margin:2rem 0 .3rem;font-size:1rem}
      code,pre{font:13px/1.45 ui-monospace,monospace}pre{background:#f5f5f2;padding:.8rem;overflow-x:auto}
      table{border-collapse:collapse;width:100%;font-size:14px}td{border-top:1px solid #ddd;padding:.25rem .6rem .25rem 0;vertical-align:top}
      td:first-child{white-space:nowrap}.method{display:inline-block;min-width:4rem;font-weight:600}p{margin:.4rem 0}a{color:#0550ae}
      @media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1a}pre{background:#262624}a{color:#79b8ff}}
      """;

  private static final Pattern SCHEMA = Pattern.compile("&quot;#/components/schemas/(\\w+)&quot;");

  /** Said once, at the top. */
  private static final Set<String> EVERYWHERE =
      Set.of(Measured.MEASURE, Measured.TIMING, Measured.COST);

  private final StringBuilder page = new StringBuilder(1 << 16);
  private final Map<String, @Nullable Object> document = OpenApi.document();

  private DocsPage() {}

  /** The page. */
  public static String html() {
    DocsPage docs = new DocsPage();
    docs.write();
    return docs.page.toString();
  }

  private void write() {
    Map<?, ?> info = object(document, "info");
    page.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Siltstone</title>")
        .append("<style>")
        .append(STYLE)
        .append("</style></head><body><h1>Siltstone</h1><p>")
        .append(escaped(text(info, "description")))
        .append("</p><p>The same for programs: <a href=\"openapi.json\">openapi.json</a></p>");
    for (Route.Area area : Route.Area.values()) {
      writeArea(area);
    }
    page.append("<h2>Schemas</h2>");
    object(object(document, "components"), "schemas").forEach(this::writeSchema);
    page.append("</body></html>\n");
  }

  private void writeArea(Route.Area area) {
    page.append("<h2>").append(title(area)).append("</h2>");
    for (Route route : Route.values()) {
      if (route.area() == area) {
        writeRoute(route);
      }
    }
  }

  private static String title(Route.Area area) {
    return switch (area) {
      case SYSTEM -> "The server";
      case CATALOG -> "Tenants, databases, collections";
      case RECORDS -> "Records";
      case UNSUPPORTED -> "Known to clients, not supported";
    };
  }

  private void writeRoute(Route route) {
    Map<?, ?> operation =
        object(
            object(object(document, "paths"), route.path()),
            route.method().name().toLowerCase(Locale.ROOT));
    page.append("<h3 id=\"")
        .append(text(operation, "operationId"))
        .append("\"><code><span class=\"method\">")
        .append(route.method())
        .append("</span> ")
        .append(escaped(route.path()))
        .append("</code></h3><p>")
        .append(escaped(text(operation, "summary")))
        .append(". Permission: ")
        .append(text(operation, "x-siltstone-permission").replace('_', ' '))
        .append(".</p><table>");
    if (operation.get("parameters") instanceof Iterable<?> parameters) {
      parameters.forEach(parameter -> writeParameter((Map<?, ?>) parameter));
    }
    if (operation.get("requestBody") instanceof Map<?, ?> body) {
      row("body", link(object(body, "content")));
    }
    object(operation, "responses")
        .forEach((status, response) -> writeResponse((String) status, (Map<?, ?>) response));
    page.append("</table>");
  }

  private void writeParameter(Map<?, ?> declared) {
    Map<?, ?> parameter = resolved(declared);
    if (!text(parameter, "in").equals("path") && !EVERYWHERE.contains(text(parameter, "name"))) {
      row(
          "<code>" + escaped(text(parameter, "name")) + "</code> in " + text(parameter, "in"),
          escaped(text(parameter, "description")));
    }
  }

  private void writeResponse(String status, Map<?, ?> response) {
    StringBuilder said = new StringBuilder(link(object(response, "content")));
    said.append(escaped(text(response, "description")));
    if (response.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, header) -> {
        if (!EVERYWHERE.contains(name)) {
          said.append("<br><code>")
              .append(escaped((String) name))
              .append("</code>: ")
              .append(escaped(text(resolved((Map<?, ?>) header), "description")));
        }
      });
    }
    row(status, said.toString());
  }

  private void writeSchema(Object name, @Nullable Object schema) {
    page.append("<h3 id=\"schema-")
        .append(name)
        .append("\"><code>")
        .append(name)
        .append("</code></h3><pre>")
        .append(linked(escaped(pretty(schema))))
        .append("</pre>");
  }

  private void row(String name, String html) {
    page.append("<tr><td>").append(name).append("</td><td>").append(html).append("</td></tr>");
  }

  /** Content has one type and refers to one schema. */
  private static String link(Map<?, ?> content) {
    Map<?, ?> typed = (Map<?, ?>) content.values().iterator().next();
    String reference = text(object(typed, "schema"), "$ref");
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    return "<a href=\"#schema-%s\">%s</a>. ".formatted(name, name);
  }

  private static String linked(String escaped) {
    return SCHEMA.matcher(escaped).replaceAll("<a href=\"#schema-$1\">$0</a>");
  }

  private Map<?, ?> resolved(Map<?, ?> declared) {
    if (!(declared.get("$ref") instanceof String reference)) {
      return declared;
    }
    Map<?, ?> found = document;
    for (String name : reference.substring("#/".length()).split("/", -1)) {
      found = object(found, name);
    }
    return found;
  }

  private static String pretty(@Nullable Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
      out.setPrettyPrinter(new DefaultPrettyPrinter());
      JsonTree.write(out, tree);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private static Map<?, ?> object(Map<?, ?> parent, String name) {
    return (Map<?, ?>) Objects.requireNonNull(parent.get(name), name);
  }

  private static String text(Map<?, ?> parent, String name) {
    return parent.get(name) instanceof String text ? text : "";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
