package dev.siltstone.collection;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.record.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A collection's settings. Its dimension and the function that made its vectors are not here: the
 * first write that carries vectors fixes them on the log's head.
 *
 * @param embeddingFunctionJson the client's own description of its embedding function, as JSON
 *     text; inert data, echoed and never interpreted
 * @param schemaJson the schema a client sent, as JSON text, echoed; null for the default schema
 * @param settingsVersion grows with every change of these settings, starting at 0
 */
public record Collection(
    CollectionId id,
    TenantName tenant,
    DatabaseName database,
    CollectionName name,
    Space space,
    HnswParameters hnsw,
    @Nullable String embeddingFunctionJson,
    @Nullable String schemaJson,
    Metadata metadata,
    long settingsVersion) {}
