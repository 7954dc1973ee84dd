/**
 * The deployed shape without an account: the packaged functions as Lambda starts them, configured
 * by the synthesised template, over the protocol emulators.
 */
@NullMarked
package dev.siltstone.deployed;

import org.jspecify.annotations.NullMarked;
