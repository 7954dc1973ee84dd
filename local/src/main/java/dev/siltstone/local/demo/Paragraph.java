package dev.siltstone.local.demo;

/**
 * Lines between blank ones, under their headings.
 *
 * @param line of its beginning, from 1
 * @param title the headings above it, outermost first; empty if there are none
 * @param verbatim code or a table, whose lines are not joined
 */
record Paragraph(int line, String title, String text, boolean verbatim) {}
