/**
 * What all adapters to AWS share: clients, bounded retries, and the one DynamoDB table.
 *
 * <p>Every item has a partition key {@code pk} (S) and a sort key {@code sk} (N, 0 unless said
 * otherwise). {@code c} stands for a collection's id. IAM separates rights by leading key and by
 * attribute, so who may touch what is part of the layout. P, Q, C: producer, query, compactor.
 *
 * <table>
 * <caption>Items</caption>
 * <tr><th>pk / sk<th>attributes<th>P<th>Q<th>C
 * <tr><td>{@code HEAD#c}<td>{@code next_sequence} N, the place to hand out next; {@code dimension}
 *     N and {@code embedding_function} S, absent until a write fixes them; {@code orphan_horizon} S,
 *     a delta id, absent at first; {@code folded_hint} N; {@code settings_version} N; {@code
 *     backlog} S, present while there may be unfolded places. Under 400 bytes.
 *     <td>read; reserve (UpdateItem)<td>read; reserve; create, delete and settings_version
 *     (administration)<td>read; reserve (rollback); orphan_horizon, folded_hint, backlog
 * <tr><td>{@code LOG#c} / sequence<td>{@code kind} S, one of {@code committed}, {@code void},
 *     {@code quarantined}, {@code rollback}. Committed and quarantined: {@code delta} S (id), {@code
 *     object_key} S, {@code count} N, {@code bytes} N, {@code checksum} S (SHA-256, hex);
 *     quarantined also {@code reason} S. Rollback: {@code delta} S (the operation's id), {@code
 *     target} N (generation), {@code manifest} S (object key)
 *     <td>place (PutItem)<td>read, place, void, quarantine<td>read, place, void, quarantine, trim
 * <tr><td>{@code OP#c#o}<td>that the write with the operation id {@code o} stands; {@code ttl} N,
 *     three weeks after it did<td>put (ingest queue, import)<td>–<td>–
 * <tr><td>{@code TIP#c}<td>{@code generation} N, {@code folded} N (sequence), {@code manifest} S
 *     (object key); absent before the first publish<td>–<td>read<td>write
 * <tr><td>{@code LOCK#c}<td>{@code epoch} N, never falls; while held also {@code owner} S, {@code
 *     expires_at} N and {@code heartbeat_at} N (epoch milliseconds), and {@code wanted} N (1) once
 *     somebody asked for it<td>–<td>–<td>write
 * <tr><td>{@code LOCK#c} from {@code sk} 1 up<td>what the last runs did, each at 1 + its epoch mod 20:
 *     {@code epoch} N, {@code owner} S, {@code started_at} N (epoch milliseconds), {@code
 *     took_millis} N, {@code outcome} S, counts, and {@code failure} S if it failed<td>–<td>–<td>write
 * <tr><td>{@code CAT#TENANT#t}<td>{@code name} S<td>–<td>read, write<td>–
 * <tr><td>{@code CAT#DATABASE#d#t}<td>{@code id} S (UUID), {@code tenant} S, {@code name} S,
 *     {@code ordinal} N, {@code last_ordinal} N of its collections; {@code dropping} N (1) from
 *     the moment it is dropped until all its collections are<td>read<td>read, write<td>read
 * <tr><td>{@code CAT#DATABASES#t} / ordinal<td>{@code id} S, {@code tenant} S, {@code name} S;
 *     at sk 0 {@code last_ordinal} N<td>–<td>read, write<td>–
 * <tr><td>{@code CAT#NAME#d#n#t}<td>{@code id} S of the collection with this
 *     name<td>read<td>read, write<td>read
 * <tr><td>{@code CAT#COLLECTION#c}<td>{@code id} S, {@code tenant} S, {@code database} S,
 *     {@code name} S, {@code ordinal} N, {@code space} S, {@code hnsw} M, {@code
 *     client_function} S and {@code schema} S (JSON, as sent; absent if not), {@code metadata} S
 *     (JSON), {@code settings_version} N<td>read<td>read, write<td>read
 * <tr><td>{@code CAT#COLLECTIONS#d#t} / ordinal<td>{@code id} S<td>–<td>read, write<td>read
 * <tr><td>{@code CAT#ALL} / id as a number<td>{@code id} S<td>–<td>write<td>read
 * <tr><td>{@code CAT#DROPPED} / id as a number<td>{@code id} S; stays for
 *     ever<td>–<td>write<td>read
 * <tr><td>{@code CAT#TOKENS} / the token's id, 48 bits<td>{@code name} S, {@code role} S,
 *     {@code hash} S (SHA-256, hex), {@code created_at} N (epoch milliseconds); {@code tenants}
 *     and {@code databases} L of S, absent for all<td>read<td>read<td>–
 * </table>
 *
 * In catalog keys {@code t} is a tenant's name, or {@code ~} and its SHA-256 if it is long; {@code
 * d} and {@code n} are names of a database and a collection, which contain no {@code #}.
 *
 * <p>The attribute {@code ttl} (N, epoch second) is the table's time to live. The keys-only index
 * {@code backlog} has {@code backlog} as its partition key and {@code pk} as its sort key: a sweep
 * finds collections with work without reading every head. A reservation sets {@code backlog} to the
 * value it mostly has already, which costs no write to the index.
 */
@NullMarked
package dev.siltstone.aws;

import org.jspecify.annotations.NullMarked;
