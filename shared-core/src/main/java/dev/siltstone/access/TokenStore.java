package dev.siltstone.access;

import java.util.List;

/**
 * Keeps tokens. Reads are consistent. Methods throw {@link
 * dev.siltstone.failure.UnavailableException} and, for writes, {@link
 * dev.siltstone.failure.OutcomeUnknownException} as {@link dev.siltstone.storage.ObjectStore} does.
 * There are few tokens: a handful per application.
 */
public interface TokenStore {
  /**
   * Adds a token.
   *
   * @throws dev.siltstone.failure.AlreadyExistsException if its id is taken: make another
   */
  void add(AccessToken token);

  /** All tokens, in order of their ids. */
  List<AccessToken> list();

  /** Removes a token; false if there is none. */
  boolean revoke(TokenId id);
}
