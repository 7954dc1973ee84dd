/** Seeded requests against every route: valid, nearly valid and hostile ones. */
@NullMarked
package dev.siltstone.fuzz;

import org.jspecify.annotations.NullMarked;
