/**
 * What a store can be told before it is deployed. {@link dev.siltstone.cdk.props.StackOption} lists
 * the options of the ready stack, {@link dev.siltstone.cdk.props.StackContext} reads them from the
 * CDK's context, and {@link dev.siltstone.cdk.props.SiltstoneStoreProps} is what the construct
 * takes: records whose constructors refuse what cannot be deployed, with a message that says what
 * to write instead.
 */
@NullMarked
package dev.siltstone.cdk.props;

import org.jspecify.annotations.NullMarked;
