package dev.siltstone.api.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.Route;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocsPageTest {
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

  private final String page = DocsPage.html();

  @Test
  void showsEveryRoute() {
    for (Route route : Route.values()) {
      assertThat(page).contains(route.method() + "</span> " + route.path() + "<");
    }
  }

  @Test
  void loadsNothing() {
    assertThat(page).doesNotContain("<script", "<link", "<img", "src=", "@import", "url(");
  }

  @Test
  void linksToPlacesThatAreThere() {
    LINK.matcher(page)
        .results()
        .map(match -> match.group(1))
        .filter(link -> !link.equals("openapi.json"))
        .forEach(link -> assertThat(page).contains("id=\"" + link.substring(1) + "\""));
  }
}
