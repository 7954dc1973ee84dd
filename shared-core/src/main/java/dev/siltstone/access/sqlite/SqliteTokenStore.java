package dev.siltstone.access.sqlite;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenHash;
import dev.siltstone.access.TokenId;
import dev.siltstone.access.TokenStore;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.sqlite.EmbeddedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tokens in {@code siltstone.db}. Names of tenants and databases stand one in a line. */
public final class SqliteTokenStore implements TokenStore {
  private static final String SEPARATOR = "\n";

  private final EmbeddedDatabase database;

  /** The database is the caller's to close. */
  public SqliteTokenStore(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  public void add(AccessToken token) {
    int added =
        database.write(session ->
            session.update(
                "INSERT OR IGNORE INTO token (id, name, role, tenants, databases, hash, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                token.id().toString(),
                token.name(),
                token.role().text(),
                joined(token.scope().tenants().stream().map(TenantName::value)),
                joined(token.scope().databases().stream().map(DatabaseName::value)),
                token.hash().hex(),
                token.createdAt().toEpochMilli()));
    if (added == 0) {
      throw new AlreadyExistsException("Token [" + token.id() + "] already exists");
    }
  }

  @Override
  public List<AccessToken> list() {
    return database.read(session ->
        session.list(
            "SELECT id, name, role, tenants, databases, hash, created_at FROM token ORDER BY id",
            SqliteTokenStore::read));
  }

  @Override
  public boolean revoke(TokenId id) {
    return database.write(
            session -> session.update("DELETE FROM token WHERE id = ?", id.toString()))
        > 0;
  }

  private static AccessToken read(ResultSet row) throws SQLException {
    return new AccessToken(
        TokenId.parse(row.getString(1)),
        row.getString(2),
        Role.parse(row.getString(3)),
        new Scope(
            split(row.getString(4), TenantName::new), split(row.getString(5), DatabaseName::new)),
        new TokenHash(row.getString(6)),
        Instant.ofEpochMilli(row.getLong(7)));
  }

  private static String joined(Stream<String> names) {
    return names.sorted().collect(Collectors.joining(SEPARATOR));
  }

  private static <T> Set<T> split(String names, Function<String, T> name) {
    return names.lines().map(name).collect(Collectors.toUnmodifiableSet());
  }
}
