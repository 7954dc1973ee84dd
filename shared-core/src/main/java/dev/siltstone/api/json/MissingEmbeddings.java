package dev.siltstone.api.json;

/** What becomes of an add or upsert without embeddings. */
public enum MissingEmbeddings {
  /** As Chroma does: clients embed. */
  REFUSED,
  /** Accepted if every record has a document, to be embedded here (an extension). */
  MADE_FROM_DOCUMENTS
}
