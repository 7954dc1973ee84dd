/**
 * The whole system in one process, one step at a time, as a seed decides. {@link
 * dev.siltstone.simulated.World} puts the real producer, compactor and query code on services in
 * memory, each in several processes with clocks of their own; every call to a service is a place
 * where another process may go first, and where the call, its answer or the process may be lost.
 *
 * <p>{@link dev.siltstone.simulated.Watch} looks at the services after every effect, {@link
 * dev.siltstone.simulated.History} at what clients were told; both judge by the {@link
 * dev.siltstone.simulated.ReferenceModel}, a plain list of states. {@link
 * dev.siltstone.simulated.PlantedBug} leaves out one rule at a time, to show that the simulation
 * would notice. {@link dev.siltstone.simulated.Simulate} is the command.
 */
@NullMarked
package dev.siltstone.simulated;

import org.jspecify.annotations.NullMarked;
