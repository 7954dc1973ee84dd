/**
 * Hints that a collection has work for the compactor. A lost, late or repeated notice changes
 * nothing but when work is looked for.
 */
@NullMarked
package dev.siltstone.notice;

import org.jspecify.annotations.NullMarked;
