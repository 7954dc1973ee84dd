package dev.siltstone.emulators;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Throttles buckets as S3 does, with 503 and {@code SlowDown}, before the request has effect. */
@Component
public final class SlowDown implements Filter {
  private static final Map<String, Integer> THROTTLED = new ConcurrentHashMap<>();
  private static final byte[] BODY =
      "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
          .getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger requests = new AtomicInteger();

  /** From now on refuses one of so many requests to a bucket; 0 for none. */
  public static void everyNth(String bucket, int n) {
    if (n == 0) {
      THROTTLED.remove(bucket);
    } else {
      THROTTLED.put(bucket, n);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = ((HttpServletRequest) request).getRequestURI();
    Integer n = THROTTLED.get(path.split("/", 3)[1]);
    if (n == null || requests.incrementAndGet() % n != 0) {
      chain.doFilter(request, response);
      return;
    }
    request.getInputStream().readAllBytes();
    HttpServletResponse http = (HttpServletResponse) response;
    http.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    http.setContentType("application/xml");
    http.getOutputStream().write(BODY);
  }
}
