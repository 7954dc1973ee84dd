/**
 * The catalog in DynamoDB. {@link dev.siltstone.aws.TableLayout} and its package description say
 * which items and attributes this is about.
 *
 * <p>Whatever must change together changes in one transaction: a collection with its name, its
 * entries in listings and its log head. Only a database is dropped in steps, since it may hold more
 * than a transaction takes: first it is marked and leaves the listing, so that it and all names in
 * it are gone for everybody and nothing can be created in it; then its collections are dropped one
 * by one; then the mark goes. Whoever creates the database anew finishes what a crash left undone.
 */
@NullMarked
package dev.siltstone.collection.aws;

import org.jspecify.annotations.NullMarked;
