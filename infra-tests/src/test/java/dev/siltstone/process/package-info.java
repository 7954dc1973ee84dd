/**
 * Several real processes on the same services: races between them, and kill -9; the whole pipeline
 * so over both families.
 */
@NullMarked
package dev.siltstone.process;

import org.jspecify.annotations.NullMarked;
