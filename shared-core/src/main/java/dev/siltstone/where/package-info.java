/**
 * Filters on metadata and documents with Chroma's meaning: {@link dev.siltstone.where.WhereParser}
 * turns a request's plain object tree into a {@link dev.siltstone.where.Where}, whose {@code
 * matches} is the definition that every index must agree with. Two rules surprise newcomers:
 * negations also match records that lack the key or the document, and numbers compare by value
 * across int and float ({@link dev.siltstone.where.ScalarOrder}). Knows the record vocabulary and
 * the regex engine only.
 */
@NullMarked
package dev.siltstone.where;

import org.jspecify.annotations.NullMarked;
