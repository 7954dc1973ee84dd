package dev.siltstone.query;

import dev.siltstone.tail.RecordPlace;

/** A record that was found near, and how near. */
record Hit(float distance, RecordPlace place) {}
