package dev.siltstone.api;

import dev.siltstone.record.Embedding;

/**
 * How many records clients may send in one write, as they are told before the first. Chroma's
 * clients refuse a larger batch themselves and never look again.
 */
public final class BatchSize {
  /**
   * What Chroma's server tells, and its users have code for. As base64 so many embeddings of 1,400
   * values fit into a body of 40 MiB; a server of our own refuses what does not fit in clear words.
   */
  public static final int OF_CHROMA = 5_461;

  private static final int BYTES_OF_A_VALUE = 4;

  /** Of a record beside its embedding: the id, a short document, some metadata. */
  private static final int ROOM_FOR_FIELDS = 2_048;

  private BatchSize() {}

  /**
   * So many that even embeddings of the widest dimension fit as base64, with room for their other
   * fields: for deployments where what does not fit is refused before it arrives.
   */
  public static int fitting(int bodyBytes) {
    int base64 = Math.ceilDiv(Embedding.MAX_DIMENSION * BYTES_OF_A_VALUE, 3) * 4;
    return Math.max(1, bodyBytes / (base64 + ROOM_FOR_FIELDS));
  }
}
