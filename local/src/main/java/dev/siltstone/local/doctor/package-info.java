/**
 * Looks whether everything is as it should be, of a local store and of a deployed stack ({@code
 * ./siltstone doctor}). Checks only look; whatever they write is gone again, or could not have
 * taken effect. Each ends in a {@link dev.siltstone.local.doctor.Finding}.
 */
@NullMarked
package dev.siltstone.local.doctor;

import org.jspecify.annotations.NullMarked;
