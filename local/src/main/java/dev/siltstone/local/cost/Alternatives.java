package dev.siltstone.local.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * What the same would cost at managed services, by the prices that they publish: storage, writes
 * and queries, without the free plans that end at some size. Their limits and latencies differ.
 */
public final class Alternatives {
  private static final double GIB = 1L << 30;
  private static final double TIB = 1L << 40;

  private final Workload work;
  private final PriceList prices;

  /**
   * One of them.
   *
   * @param how it is charged, in few words
   */
  public record Alternative(String name, double dollars, String how) {}

  public Alternatives(Workload work, PriceList prices) {
    this.work = work;
    this.prices = prices;
  }

  public List<Alternative> all() {
    List<Alternative> all = new ArrayList<>();
    all.add(
        new Alternative(
            "Pinecone serverless, Standard plan",
            Math.max(pinecone(), prices.of("pinecone.minimum")),
            "read and write units and storage; a minimum a month"));
    all.add(
        new Alternative("Chroma Cloud", chroma(), "GiB written and stored, TiB queried, returned"));
    all.add(
        new Alternative(
            "Amazon S3 Vectors", s3Vectors(), "GB stored and put, queries, TB processed"));
    all.add(
        new Alternative(
            "Amazon OpenSearch Serverless",
            prices.of("opensearch.minimum_ocus") * prices.of("opensearch.ocu_hour") * 730,
            "its least capacity, whatever is asked of it, without storage"));
    return all;
  }

  private double pinecone() {
    double gigabytes = bytes() / 1e9;
    double unitsPerWrite = Math.max(5, work.recordsPerWrite() * Math.ceil(recordKilobytes()));
    return queries() * Math.max(0.25, gigabytes) * prices.of("pinecone.read_unit")
        + writes() * unitsPerWrite * prices.of("pinecone.write_unit")
        + gigabytes * prices.of("pinecone.gb_month");
  }

  private double chroma() {
    double written = work.recordsPerDay() * Assumptions.DAYS * work.recordBytes();
    return written / GIB * prices.of("chroma.write_gib")
        + bytes() / GIB * prices.of("chroma.gib_month")
        + queries() * bytes() / TIB * prices.of("chroma.query_tib")
        + queries() * Assumptions.ANSWER_BYTES / GIB * prices.of("chroma.returned_gib");
  }

  private double s3Vectors() {
    double put = writes() * Math.max(128_000, work.recordsPerWrite() * work.recordBytes());
    double first = Math.min(work.vectors(), 100_000) * (double) work.recordBytes();
    double more = bytes() - first;
    return bytes() / 1e9 * prices.of("s3vectors.gb_month")
        + put / 1e9 * prices.of("s3vectors.put_gb")
        + queries() * prices.of("s3vectors.query")
        + queries() * first / 1e12 * prices.of("s3vectors.processed_tb")
        + queries() * more / 1e12 * prices.of("s3vectors.processed_more_tb");
  }

  private double bytes() {
    return work.vectors() * (double) work.recordBytes();
  }

  private double recordKilobytes() {
    return work.recordBytes() / 1e3;
  }

  private double queries() {
    return work.queriesPerDay() * Assumptions.DAYS;
  }

  private double writes() {
    return work.writesPerDay() * Assumptions.DAYS;
  }
}
