/** The HTTP surface, declared once: routes, requests, responses and error bodies. */
@NullMarked
package dev.siltstone.api;

import org.jspecify.annotations.NullMarked;
