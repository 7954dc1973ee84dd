/**
 * What a stack costs: {@link dev.siltstone.local.cost.Workload} says what is asked of it, {@link
 * dev.siltstone.local.cost.CallModel} how many calls that makes (a test counts them), {@link
 * dev.siltstone.local.cost.CostModel} what they cost by the prices of {@link
 * dev.siltstone.local.cost.PriceList}, and {@link dev.siltstone.local.cost.Alternatives} what the
 * same would cost elsewhere.
 */
@NullMarked
package dev.siltstone.local.cost;

import org.jspecify.annotations.NullMarked;
