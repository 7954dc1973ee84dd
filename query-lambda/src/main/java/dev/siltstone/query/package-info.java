/**
 * Answers reads. A request becomes {@link dev.siltstone.query.CandidateRows} (which rows its ids
 * and filters allow), those are searched for the nearest ({@link
 * dev.siltstone.query.NearestSearch}: large segments by their graphs, small ones and few matches by
 * a scan, the tail always) or listed in insertion order ({@link
 * dev.siltstone.query.RecordListing}), and only what is answered is read in full. Conditions on
 * documents that the indexes leave open are checked on the way, row by row, until there are enough
 * ({@link dev.siltstone.query.CheckedSearch}). A {@code search} adds scores, groups and a selection
 * of its own ({@link dev.siltstone.query.RecordSearch}).
 */
@NullMarked
package dev.siltstone.query;

import org.jspecify.annotations.NullMarked;
