package dev.siltstone.local.node;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.TokenId;
import dev.siltstone.access.TokenStore;
import dev.siltstone.access.sqlite.SqliteTokenStore;
import dev.siltstone.sqlite.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.List;

/** The tokens of a folder, for a command; the folder is made if needed, as before a first start. */
public final class LocalTokens implements TokenStore, AutoCloseable {
  private final EmbeddedDatabase database;
  private final TokenStore store;

  private LocalTokens(EmbeddedDatabase database) {
    this.database = database;
    this.store = new SqliteTokenStore(database);
  }

  /**
   * Opens them.
   *
   * @throws dev.siltstone.failure.SiltstoneException if the folder cannot be used
   */
  public static LocalTokens in(Path folder) {
    return new LocalTokens(EmbeddedDatabase.open(folder));
  }

  @Override
  public void add(AccessToken token) {
    store.add(token);
  }

  @Override
  public List<AccessToken> list() {
    return store.list();
  }

  @Override
  public boolean revoke(TokenId id) {
    return store.revoke(id);
  }

  @Override
  public void close() {
    database.close();
  }
}
