package dev.siltstone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.local.node.NodeSettings.Access;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeAccessTest {
  private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 8000);
  private static final InetSocketAddress ANYWHERE = new InetSocketAddress("0.0.0.0", 8000);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @Test
  void isOpenOnTheLoopbackAddress() {
    assertThat(ServeAccess.of(null, LOOPBACK, folder)).isEqualTo(Access.OPEN);
    assertThat(ServeAccess.of("open", LOOPBACK, folder)).isEqualTo(Access.OPEN);
  }

  @Test
  void isNeverOpenWhereOthersCanReachIt() {
    assertThatThrownBy(() -> ServeAccess.of("open", ANYWHERE, folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("can be reached by others");
  }

  @Test
  void asksForTokensElsewhereOnceThereIsOne() {
    assertThatThrownBy(() -> ServeAccess.of(null, ANYWHERE, folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("token create");
    assertThatThrownBy(() -> ServeAccess.of("token", LOOPBACK, folder))
        .isInstanceOf(UsageException.class);

    assertThat(token("create", "--role", "admin", "me")).isZero();

    assertThat(ServeAccess.of(null, ANYWHERE, folder)).isEqualTo(Access.BY_TOKEN);
    assertThat(ServeAccess.of("token", LOOPBACK, folder)).isEqualTo(Access.BY_TOKEN);
  }

  @Test
  void aTokenIsShownOnceThenListedAndRevoked() {
    assertThat(token("create", "--json", "--tenant", "grove", "--database", "elms", "walker"))
        .isZero();
    assertThat(out.toString()).containsPattern("\"token\" : \"silt_[0-9a-f]{12}_.{43}\"");
    String secret = out.toString().replaceAll("(?s).*\"(silt_[^\"]*)\".*", "$1");
    String id = secret.substring(5, 17);

    out.getBuffer().setLength(0);
    assertThat(token("list")).isZero();
    assertThat(out.toString()).contains(id, "walker", "read", "grove", "elms");
    assertThat(out.toString()).doesNotContain(secret.substring(18));

    assertThat(token("revoke", id)).isZero();
    assertThat(token("revoke", id)).isEqualTo(1);
    out.getBuffer().setLength(0);
    token("list");
    assertThat(out.toString()).contains("no tokens");
  }

  @Test
  void refusesATokenThatMakesNoSense() {
    assertThat(token("create", "--role", "owner", "me")).isEqualTo(1);
    assertThat(out.toString()).contains("read, write or admin");
    assertThat(token("create", "--tenant", "x", "me")).isEqualTo(1);
    assertThat(token("revoke", "everything")).isEqualTo(1);
  }

  private int token(String command, String... arguments) {
    CommandLine line = Siltstone.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    String[] all = new String[arguments.length + 4];
    all[0] = "token";
    all[1] = command;
    all[2] = "--data";
    all[3] = folder.toString();
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return line.execute(all);
  }
}
