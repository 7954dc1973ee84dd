/**
 * HTTP/1.1 on one port: turns exchanges of the JDK's own server into {@link
 * dev.siltstone.api.ApiRequest}s and answers back into bytes. Everything else about a request is
 * decided behind the function it is given.
 *
 * <p>Why the JDK's server: measured beside Jetty 12.1, Helidon 4.3 and Undertow 2.3 on 2 cores
 * shared with the client (2.1 kB requests, 1 kB answers, keep-alive), all but Undertow answer
 * 20,000 to 35,000 requests/s with 4 to 256 clients, 30 to 45 µs of CPU each, a small part of a
 * query's cost. It is ready 40 to 80 ms after {@code main} where Jetty needs 360 and Helidon 1,200,
 * and brings no dependency. Workers are platform threads, as fast here as virtual ones, because
 * SQLite, zstd and fsync are native calls that would pin the few carriers of virtual threads.
 */
@NullMarked
package dev.siltstone.local.http;

import org.jspecify.annotations.NullMarked;
