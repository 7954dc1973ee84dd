/**
 * Clients of other projects, unmodified, against {@code siltstone serve} and, as API Gateway
 * events, against the functions.
 */
@NullMarked
package dev.siltstone.clients;

import org.jspecify.annotations.NullMarked;
