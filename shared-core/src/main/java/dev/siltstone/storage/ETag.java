package dev.siltstone.storage;

/** A store's name for one content of one key; opaque, changes whenever the content does. */
public record ETag(String value) {}
