/**
 * What stands in the user's account: {@link dev.siltstone.cdk.SiltstoneStore} is the construct,
 * {@link dev.siltstone.cdk.SiltstoneStack} the stack around it. Routes, setting names and table
 * keys come from the code that uses them.
 */
@NullMarked
package dev.siltstone.cdk;

import org.jspecify.annotations.NullMarked;
