/**
 * JSON as streams: one configured factory, and the text form of metadata that the HTTP API, deltas
 * and segments share. Knows the records' vocabulary and Jackson, nothing else.
 */
@NullMarked
package dev.siltstone.json;

import org.jspecify.annotations.NullMarked;
