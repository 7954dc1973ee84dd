package dev.siltstone.local.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/**
 * One port that answers through one function. Connections are kept alive and cost no thread while
 * idle; a limited number of requests are answered at a time, the others wait their turn, those that
 * are slow to arrive without holding up the rest.
 */
public final class LocalServer implements AutoCloseable {
  private static final int WORKERS = 64;
  private static final int BACKLOG = 1024;
  private static final Duration STOP_GRACE = Duration.ofSeconds(1);

  private final HttpServer server;
  private final Gateway gateway;
  private final Workers workers;

  private LocalServer(HttpServer server, Gateway gateway, Workers workers) {
    this.server = server;
    this.gateway = gateway;
    this.workers = workers;
  }

  /**
   * Binds and answers from now on.
   *
   * @param address port 0 takes any free port
   * @throws java.net.BindException if the port is taken or the address is not of this machine
   */
  public static LocalServer start(InetSocketAddress address, HttpSettings settings, HttpApi api)
      throws IOException {
    tuneJdkServer();
    HttpServer server = HttpServer.create(address, BACKLOG);
    Workers workers = new Workers(WORKERS);
    Gateway gateway = Gateway.of(settings, api, workers);
    server.setExecutor(workers);
    server.createContext("/", gateway);
    server.start();
    return new LocalServer(server, gateway, workers);
  }

  /** Where clients find it, such as {@code http://127.0.0.1:8000}. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + address.getPort());
  }

  /**
   * Answers new requests with 503, lets those under way finish for at most a second, then closes
   * the port and every connection, idle or not. (The JDK's own grace does not notice when the last
   * request ends beside a connection that is just being closed, and waits it out.)
   */
  @Override
  public void close() {
    gateway.stop(STOP_GRACE);
    server.stop(0);
    workers.close();
  }

  /**
   * The JDK's server reads these once, when its first instance is made. Without "no delay" a small
   * answer waits 40 ms for the client's delayed acknowledgement; with the default of 200 idle
   * connections, 256 clients lose theirs; an idle connection must outlive the client's own limit
   * (30 s for the JDK's client), or the client meets a closed one. Who takes longer than two
   * minutes to send a request, from its first byte, or than ten to be answered and take the answer,
   * loses the connection; values given on the command line hold.
   */
  private static void tuneJdkServer() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "8192");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
    setUnlessGiven("sun.net.httpserver.maxReqTime", "120");
    setUnlessGiven("sun.net.httpserver.maxRspTime", "600");
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
