package dev.siltstone.notice;

/** A notice with the handle by which this receipt of it is acknowledged. */
public record ReceivedNotice(Notice notice, String handle) {}
