/** What options are understood as, and how wrong ones are refused. */
@NullMarked
package dev.siltstone.cdk.props;

import org.jspecify.annotations.NullMarked;
