package dev.siltstone.local;

import dev.siltstone.local.node.LocalTokens;
import dev.siltstone.local.node.NodeSettings.Access;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server asks for tokens. On an address that others can reach it always does, and there
 * must be one before it starts.
 */
final class ServeAccess {
  private ServeAccess() {}

  /**
   * What was asked for, or what fits the address.
   *
   * @throws UsageException if it would let strangers in, or nobody
   */
  static Access of(@Nullable String asked, InetSocketAddress address, Path data) {
    boolean loopback = address.getAddress().isLoopbackAddress();
    Access access =
        switch (asked) {
          case null -> loopback ? Access.OPEN : Access.BY_TOKEN;
          case "open" -> Access.OPEN;
          case "token" -> Access.BY_TOKEN;
          default -> throw new UsageException("--access is open or token, not " + asked, null);
        };
    if (access == Access.OPEN && !loopback) {
      throw new UsageException(
          "%s can be reached by others: serve it with --access token, or on 127.0.0.1"
              .formatted(address.getHostString()),
          null);
    }
    if (access == Access.BY_TOKEN && hasNoToken(data)) {
      throw new UsageException(
          "there is no access token yet, so nobody could use this server: make one first with"
              + " ./siltstone token create --data %s --role admin NAME".formatted(data),
          null);
    }
    return access;
  }

  private static boolean hasNoToken(Path data) {
    try (LocalTokens tokens = LocalTokens.in(data)) {
      return tokens.list().isEmpty();
    }
  }
}
