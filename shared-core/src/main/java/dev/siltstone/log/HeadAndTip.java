package dev.siltstone.log;

/** Both items, read in one consistent call. */
public record HeadAndTip(Head head, Tip tip) {}
