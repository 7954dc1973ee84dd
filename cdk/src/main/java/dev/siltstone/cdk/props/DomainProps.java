package dev.siltstone.cdk.props;

/**
 * A domain of the user's for the API. The stack's output says where its DNS record must point.
 *
 * @param certificateArn in the stack's region
 */
public record DomainProps(String name, String certificateArn) {
  public DomainProps {
    Bounds.present(StackOption.DOMAIN_NAME, name);
    Bounds.present(StackOption.CERTIFICATE_ARN, certificateArn);
    Bounds.arn(StackOption.CERTIFICATE_ARN, "acm", certificateArn);
  }
}
