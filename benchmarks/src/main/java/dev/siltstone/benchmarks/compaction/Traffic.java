package dev.siltstone.benchmarks.compaction;

/**
 * Calls and bytes, counted.
 *
 * @param gets requests that read an object or part of one; a download is one per started 8 MiB
 * @param puts requests that write one
 * @param others listings and deletes
 * @param services calls of log, lock, catalog and queue
 */
record Traffic(long gets, long bytesDown, long puts, long bytesUp, long others, long services) {
  Traffic minus(Traffic earlier) {
    return new Traffic(
        gets - earlier.gets,
        bytesDown - earlier.bytesDown,
        puts - earlier.puts,
        bytesUp - earlier.bytesUp,
        others - earlier.others,
        services - earlier.services);
  }
}
