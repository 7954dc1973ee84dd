/**
 * What is stored and what may be done to it. An {@link dev.siltstone.record.Operation} meets an
 * existing {@link dev.siltstone.record.StoredRecord} or nothing in {@link
 * dev.siltstone.record.Fold}, the one definition of their meaning that compactor and readers share.
 * Knows only the JDK.
 */
@NullMarked
package dev.siltstone.record;

import org.jspecify.annotations.NullMarked;
