package dev.siltstone.notice;

import dev.siltstone.identity.CollectionId;

/** "Look at this collection." */
public record Notice(CollectionId collection) {}
