package dev.siltstone.embedding.openai;

/** A secret sent as a bearer token; never printed. */
public record ApiKey(String value) {
  public ApiKey {
    if (value.isBlank() || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
      throw new IllegalArgumentException("an API key is printable ASCII without spaces");
    }
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
