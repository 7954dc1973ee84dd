/**
 * What one request costs, for requests that ask: {@link dev.siltstone.cost.RequestCost} is bound to
 * the thread that answers a request and carried to those that help it ({@link
 * dev.siltstone.cost.CarryingExecutor}); the adapters of the services count their calls there, the
 * routes their stages, and {@link dev.siltstone.api.Measured} writes it into the answer's headers.
 * Where nobody asks, nothing is bound and nothing is counted. Knows only the JDK.
 */
@NullMarked
package dev.siltstone.cost;

import org.jspecify.annotations.NullMarked;
