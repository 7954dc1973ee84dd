/**
 * What the server says about itself: {@link dev.siltstone.api.description.OpenApi} joins the routes
 * as they are declared in {@link dev.siltstone.api.Route} with the sentences of {@link
 * dev.siltstone.api.description.RouteDescription} and the schemas of the resource {@code
 * components.json}; {@link dev.siltstone.api.description.DocsPage} shows the same as a page. A
 * route without description does not compile, and the tests hold every answer against its schema.
 */
@NullMarked
package dev.siltstone.api.description;

import org.jspecify.annotations.NullMarked;
