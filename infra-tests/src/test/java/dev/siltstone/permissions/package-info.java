/**
 * What the functions do against what they may. Emulators enforce no permissions, so {@link
 * dev.siltstone.permissions.CallRecorder} writes down every call of a handler's process, {@link
 * dev.siltstone.permissions.DeployedPolicies} takes the policies from the synthesised template, and
 * {@link dev.siltstone.permissions.Policy} decides as IAM does.
 */
@NullMarked
package dev.siltstone.permissions;

import org.jspecify.annotations.NullMarked;
