/**
 * Who may do what: tokens with a role, limited to tenants and databases. A token's secret is shown
 * once, when it is made; only its hash is kept, in the seam {@link
 * dev.siltstone.access.TokenStore}. {@link dev.siltstone.access.KnownTokens} holds what the store
 * says for a few seconds, so that tokens are made and revoked without a restart. {@code
 * api.AccessGuard} asks it for every request.
 */
@NullMarked
package dev.siltstone.access;

import org.jspecify.annotations.NullMarked;
