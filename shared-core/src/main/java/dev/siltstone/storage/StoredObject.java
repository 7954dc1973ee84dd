package dev.siltstone.storage;

/** An object as it was read, with the ETag of exactly these bytes. */
public record StoredObject(byte[] bytes, ETag etag) {}
