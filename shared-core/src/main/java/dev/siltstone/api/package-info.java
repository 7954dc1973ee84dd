/**
 * The HTTP surface, declared once. {@link dev.siltstone.api.Router} finds the {@link
 * dev.siltstone.api.Route} of an {@link dev.siltstone.api.ApiRequest}; {@code api.json} reads its
 * body into a request of the domain and writes the answer; {@link dev.siltstone.api.ErrorResponse}
 * turns every failure into Chroma's error body.
 */
@NullMarked
package dev.siltstone.api;

import org.jspecify.annotations.NullMarked;
