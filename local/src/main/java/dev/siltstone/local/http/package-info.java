/**
 * HTTP/1.1 on one port: turns exchanges of the JDK's own server into {@link
 * dev.siltstone.api.ApiRequest}s and answers back into bytes. Everything else about a request is
 * decided behind the function it is given.
 *
 * <p>Why the JDK's server: it starts soonest and brings no dependency; it is not the cheapest per
 * request. Measured on 2 cores that were busy with other work and shared with the client (2.1 kB
 * requests, 1 kB answers, keep-alive, 64 workers), so that CPU time says more than throughput:
 *
 * <table>
 * <caption>The JDK's server beside two libraries, range of one or two runs</caption>
 * <tr><th></th><th>JDK 25</th><th>Jetty 12.1.4</th><th>Helidon 4.3.2</th></tr>
 * <tr><td>from main to listening, ms</td><td>152–270</td><td>966</td><td>1,560–2,110</td></tr>
 * <tr><td>server CPU a request, 1 client, µs</td><td>84–92</td><td>40</td><td>36–37</td></tr>
 * <tr><td>16 clients, µs</td><td>39–55</td><td>34</td><td>19–20</td></tr>
 * <tr><td>256 clients, µs</td><td>33–37</td><td>29</td><td>24</td></tr>
 * </table>
 *
 * <p>So a server that is asked millions of cheap questions would gain 5 to 55 µs a request by a
 * library, and one that shall answer soon after its launch loses most of a second or more. Only
 * this package knows which server it is.
 *
 * <p>Workers are platform threads, because SQLite, zstd and fsync are native calls that would pin
 * the few carriers of virtual threads. Clients that are slow to send or to read get virtual threads
 * once these are taken ({@link dev.siltstone.local.http.Workers}), and memory for their bodies only
 * as these arrive ({@link dev.siltstone.local.http.MemoryBudget}).
 */
@NullMarked
package dev.siltstone.local.http;

import org.jspecify.annotations.NullMarked;
