package dev.siltstone.api.json;

import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * A record of an answer. Only the fields that the request includes need to be there.
 *
 * @param metadata empty is answered as null
 * @param distance from the query; infinite and NaN are answered as null
 */
public record RecordRow(
    RecordId id,
    @Nullable Embedding embedding,
    @Nullable String document,
    @Nullable String uri,
    Metadata metadata,
    float distance) {}
