/**
 * The commands that a person gives for one collection, as data ({@link
 * dev.siltstone.operations.command.OperationCommand}), from the command line or from an event
 * ({@link dev.siltstone.operations.command.CommandJson}); {@link
 * dev.siltstone.operations.command.Operations} carries them out over the seams of either family and
 * answers a {@link dev.siltstone.report.Report}, which is the same wherever the command came from.
 */
@NullMarked
package dev.siltstone.operations.command;

import org.jspecify.annotations.NullMarked;
