/**
 * Bodies: JSON read as a stream straight into requests of the domain, and answers written as a
 * stream. Wrong shapes are refused with Chroma's own words and the place in the body, since clients
 * match on them.
 */
@NullMarked
package dev.siltstone.api.json;

import org.jspecify.annotations.NullMarked;
