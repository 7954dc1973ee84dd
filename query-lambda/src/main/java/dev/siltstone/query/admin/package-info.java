/**
 * The administration half of the HTTP API: the system routes, tenants, databases and collections,
 * as plain services over {@link dev.siltstone.collection.Catalog} and the heads of the logs. {@link
 * dev.siltstone.query.admin.AdminApi} is the entry; a body becomes a request of this package, the
 * request an operation on the catalog, and its result the JSON that Chroma's clients expect.
 */
@NullMarked
package dev.siltstone.query.admin;

import org.jspecify.annotations.NullMarked;
