package dev.siltstone.embedding.aws;

/** What a text is embedded for; some models tell the two apart. */
enum TextPurpose {
  DOCUMENT,
  QUERY
}
