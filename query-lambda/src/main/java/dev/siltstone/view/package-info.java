/**
 * What a reader sees. {@link dev.siltstone.view.CollectionViews} answers every read's question
 * "which snapshot, and how much of the log after it?": one consistent call for head and tip, then
 * whatever of the log is missing, then a {@link dev.siltstone.tail.TailView} that stays as it is
 * while it is searched.
 */
@NullMarked
package dev.siltstone.view;

import org.jspecify.annotations.NullMarked;
