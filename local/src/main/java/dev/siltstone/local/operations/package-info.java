/**
 * Commands on a local store, such as {@code ./siltstone snapshots}. Each is a picocli command of
 * its own that takes {@link dev.siltstone.local.operations.StoreOptions} (which folder, text or
 * JSON) and, where it is about one collection, {@link
 * dev.siltstone.local.operations.NamedCollection}; opens a {@link
 * dev.siltstone.local.node.LocalStore} beside whatever server uses the same folder; gives the
 * {@link dev.siltstone.operations.command.OperationCommand} to the same {@link
 * dev.siltstone.operations.command.Operations} that the compactor's handler uses; and shows the
 * {@link dev.siltstone.report.Report} as text for people or as one JSON object for programs. {@code
 * backup} and {@code restore} work on two stores, of which one may be a stack's: they take {@link
 * dev.siltstone.local.operations.CopyOptions} and call {@link dev.siltstone.local.backup}. Progress
 * of long work goes to the error output, so that the answer can be piped.
 *
 * <p>Exit codes: 0 if the command did what was asked and found nothing wrong, 1 if it failed or
 * found something wrong, 2 if it was called wrongly.
 */
@NullMarked
package dev.siltstone.local.operations;

import org.jspecify.annotations.NullMarked;
