package dev.siltstone.metrics;

/** What is counted. */
public enum Metric {
  /** Deltas committed. */
  DELTAS_COMMITTED("DeltasCommitted"),
  /** Operations in them. */
  OPERATIONS_COMMITTED("OperationsCommitted"),
  /** Texts that Siltstone made vectors for. */
  TEXTS_EMBEDDED("TextsEmbedded"),
  /** Writes that are committed although their notice could not be sent. */
  NOTICES_LOST("NoticesLost");

  private final String published;

  Metric(String published) {
    this.published = published;
  }

  /** The name on dashboards and in alarms. */
  public String publishedName() {
    return published;
  }
}
