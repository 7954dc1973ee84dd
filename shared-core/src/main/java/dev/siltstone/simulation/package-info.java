/**
 * For tests and fault simulation only: many actors in one process, one at a time, in an order that
 * a seed decides, over services in memory.
 *
 * <p>{@link dev.siltstone.simulation.Simulation} runs the actors and owns their clock. {@link
 * dev.siltstone.storage.memory.MemoryObjectStore} and {@link
 * dev.siltstone.log.memory.MemoryDeltaLog} are the services; each of their calls goes over a {@link
 * dev.siltstone.simulation.Wire}, where another actor may go first and where {@link
 * dev.siltstone.simulation.FaultyWire} makes calls fail before or after their effect, or take
 * effect long after their caller has given up.
 */
@NullMarked
package dev.siltstone.simulation;

import org.jspecify.annotations.NullMarked;
