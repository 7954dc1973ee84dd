/**
 * What can go wrong, told as advice: each failure says what its caller may do next (mend the
 * request, retry, re-read, stop, touch nothing, alarm). Everything else in Siltstone throws one of
 * these or a plain {@link IllegalArgumentException} for a programming error.
 */
@NullMarked
package dev.siltstone.failure;

import org.jspecify.annotations.NullMarked;
