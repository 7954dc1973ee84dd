package dev.siltstone.local.cost;

import dev.siltstone.failure.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prices in US dollars, each with its unit, date and source. The file that comes with the program
 * is for us-east-1; a file of the user's own replaces any of its lines. A line is {@code name,
 * dollars, unit, date, source}; lines that begin with {@code #} are comments.
 */
public final class PriceList {
  private static final String RESOURCE = "prices.csv";
  private static final int FIELDS = 5;

  private final Map<String, Price> prices;

  /** One line. */
  public record Price(String name, double dollars, String unit, String date, String source) {}

  private PriceList(Map<String, Price> prices) {
    this.prices = prices;
  }

  /** The prices that come with the program. */
  public static PriceList standard() {
    try (InputStream in = PriceList.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + RESOURCE);
      }
      Map<String, Price> prices = new LinkedHashMap<>();
      read(new String(in.readAllBytes(), StandardCharsets.UTF_8), RESOURCE)
          .forEach(price -> prices.put(price.name(), price));
      return new PriceList(prices);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same with the lines of a file in place of those with the same names.
   *
   * @throws InvalidRequestException if a line is no price, or none that the model knows
   */
  public PriceList with(Path file) {
    Map<String, Price> changed = new LinkedHashMap<>(prices);
    try {
      for (Price price : read(Files.readString(file), file.toString())) {
        if (changed.replace(price.name(), price) == null) {
          throw new InvalidRequestException(
              "%s: there is no price named %s; ./siltstone cost --show-prices lists them"
                  .formatted(file, price.name()));
        }
      }
    } catch (IOException e) {
      throw new InvalidRequestException("cannot read the prices in " + file, e);
    }
    return new PriceList(changed);
  }

  /** Dollars, or what is free, under a name. */
  public double of(String name) {
    Price price = prices.get(name);
    if (price == null) {
      throw new IllegalArgumentException("no price named " + name);
    }
    return price.dollars();
  }

  public List<Price> all() {
    return List.copyOf(prices.values());
  }

  private static List<Price> read(String text, String where) {
    List<Price> read = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        read.add(price(line.split(",", FIELDS), where + ":" + number));
      }
    }
    return read;
  }

  private static Price price(String[] fields, String where) {
    if (fields.length != FIELDS) {
      throw new InvalidRequestException(where + ": a price is name, dollars, unit, date, source");
    }
    double dollars;
    try {
      dollars = Double.parseDouble(fields[1].strip());
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(where + ": no number of dollars: " + fields[1], e);
    }
    if (!(dollars >= 0) || Double.isInfinite(dollars)) {
      throw new InvalidRequestException(where + ": no number of dollars: " + fields[1]);
    }
    return new Price(
        fields[0].strip(), dollars, fields[2].strip(), fields[3].strip(), fields[4].strip());
  }
}
