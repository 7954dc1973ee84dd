package dev.siltstone.cdk.props;

import org.jspecify.annotations.Nullable;

/**
 * Where the data is.
 *
 * @param versioned whether the bucket keeps deleted objects for a week
 * @param keyArn the KMS key that encrypts the bucket; null for S3's own keys. The key's policy must
 *     let the account's IAM policies decide
 * @param keepData whether bucket and table stay when the stack goes
 */
public record StorageProps(boolean versioned, @Nullable String keyArn, boolean keepData) {
  public StorageProps {
    if (keyArn != null) {
      Bounds.arn(StackOption.KEY_ARN, "kms", keyArn);
    }
  }
}
