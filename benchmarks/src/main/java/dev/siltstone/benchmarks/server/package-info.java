/**
 * The driver that measures a server over HTTP, ours or any other that speaks Chroma's version 2
 * routes. {@link dev.siltstone.benchmarks.server.ServerBenchmark} prepares seeded data ({@code
 * DataSet}) and finished requests ({@code Requests}), sends them over plain sockets ({@code
 * KeepAliveClient}), since the driver shares the machine with the server, and writes the figures as
 * a table, CSV and plots ({@code Figures}, {@code BarChart}).
 *
 * <pre>
 * bin/benchmark dev.siltstone.benchmarks.server.ServerBenchmark --out figures
 * bin/benchmark dev.siltstone.benchmarks.server.ServerBenchmark --url http://127.0.0.1:8000
 * </pre>
 */
@NullMarked
package dev.siltstone.benchmarks.server;

import org.jspecify.annotations.NullMarked;
