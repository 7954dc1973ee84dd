/**
 * Who owns data and how it is compared: tenants hold databases, databases hold collections, a
 * collection fixes the distance and the index parameters of its records. {@link
 * dev.siltstone.collection.Catalog} is the seam that stores them.
 */
@NullMarked
package dev.siltstone.collection;

import org.jspecify.annotations.NullMarked;
