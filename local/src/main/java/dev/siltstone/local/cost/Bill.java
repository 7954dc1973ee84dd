package dev.siltstone.local.cost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a month costs, line by line. */
public final class Bill {
  private final PriceList prices;
  private final List<Line> lines = new ArrayList<>();

  /**
   * One line.
   *
   * @param what is paid for
   * @param price its name in the price list
   * @param quantity in the price's unit
   * @param dollars without any free tier
   * @param afterFreeTier what is left of it where the account uses its free tier for nothing else
   */
  public record Line(
      String what, String price, double quantity, double dollars, double afterFreeTier) {}

  Bill(PriceList prices) {
    this.prices = prices;
  }

  /** Adds what this quantity costs at the price of this name. */
  Bill add(String what, String price, double quantity) {
    double dollars = prices.of(price);
    lines.add(new Line(what, price, quantity, quantity * dollars, quantity * dollars));
    return this;
  }

  /** The lines, with what is free each month taken off in their order. */
  public List<Line> lines() {
    List<Line> settled = new ArrayList<>();
    Map<String, Double> left = new HashMap<>();
    prices.all().stream()
        .filter(price -> price.name().startsWith("free."))
        .forEach(price -> left.put(price.name().substring("free.".length()), price.dollars()));
    for (Line line : lines) {
      double free = Math.min(line.quantity(), left.getOrDefault(line.price(), 0.0));
      left.computeIfPresent(line.price(), (_, have) -> have - free);
      settled.add(
          new Line(
              line.what(),
              line.price(),
              line.quantity(),
              line.dollars(),
              (line.quantity() - free) * prices.of(line.price())));
    }
    return settled;
  }

  /** Dollars a month without any free tier. */
  public double dollars() {
    return lines().stream().mapToDouble(Line::dollars).sum();
  }

  /** Dollars a month where the free tier is there for this alone. */
  public double afterFreeTier() {
    return lines().stream().mapToDouble(Line::afterFreeTier).sum();
  }
}
