package dev.siltstone.api.gateway;

/** What an API Gateway with Lambda functions behind it can carry. */
public final class GatewayLimits {
  /** What Lambda takes and returns at most in one synchronous call: 6 MB, the event as a whole. */
  public static final int EVENT_BYTES = 6 << 20;

  /**
   * Of a body within an event, in which headers and context take their share. JSON travels as text,
   * in which each quotation mark counts twice; what is compressed travels as base64, which makes
   * four bytes of three.
   */
  public static final int BODY_BYTES = EVENT_BYTES - (256 << 10);

  /** Of a compressed body once it is inflated: several times what arrives, yet easily held. */
  public static final int INFLATED_BYTES = 24 << 20;

  private GatewayLimits() {}
}
