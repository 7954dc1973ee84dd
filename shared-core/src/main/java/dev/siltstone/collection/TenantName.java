package dev.siltstone.collection;

import dev.siltstone.failure.InvalidRequestException;

/** A tenant: whoever databases belong to. At least three characters. */
public record TenantName(String value) {
  public static final TenantName DEFAULT = new TenantName("default_tenant");
  private static final int MIN_LENGTH = 3;
  private static final int MAX_LENGTH = 512;

  public TenantName {
    if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH) {
      throw new InvalidRequestException(
          "Validation error: name: Validation error: length"
              + " [{\"value\": String(\"%s\"), \"min\": Number(3)}]"
                  .formatted(value.length() > MAX_LENGTH ? value.substring(0, 64) + "…" : value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
