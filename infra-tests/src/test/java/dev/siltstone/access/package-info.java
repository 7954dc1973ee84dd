/** Who reaches what: tokens and tenants against every route. */
@NullMarked
package dev.siltstone.access;

import org.jspecify.annotations.NullMarked;
