/**
 * What a {@code search} asks for, and the arithmetic of its scores. {@link
 * dev.siltstone.query.search.SearchReader} makes {@link dev.siltstone.query.search.SearchPayload}s
 * from a request's tree; {@link dev.siltstone.query.search.RankExpression} says how records are
 * scored, {@link dev.siltstone.query.search.Scores} does it, and {@link
 * dev.siltstone.query.search.Grouping} thins out what was scored. Nothing here touches storage: the
 * nearest records come in from the package above.
 */
@NullMarked
package dev.siltstone.query.search;

import org.jspecify.annotations.NullMarked;
