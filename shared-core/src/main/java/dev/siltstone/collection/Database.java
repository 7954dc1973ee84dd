package dev.siltstone.collection;

import java.util.UUID;

/** A database of a tenant. */
public record Database(UUID id, TenantName tenant, DatabaseName name) {}
