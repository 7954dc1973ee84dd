package dev.siltstone.local.demo;

/** A file's text and the name people know it by. */
record TextFile(String name, String text) {}
