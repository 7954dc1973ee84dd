/** Checks of a deployed stack, by calls that change nothing. */
@NullMarked
package dev.siltstone.local.doctor.aws;

import org.jspecify.annotations.NullMarked;
