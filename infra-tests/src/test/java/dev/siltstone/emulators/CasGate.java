package dev.siltstone.emulators;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Lets writes of one object through one after the other, so that {@code If-Match} and {@code
 * If-None-Match} are as atomic as on S3: without it, two or three of sixteen racing writers win.
 */
@Component
public final class CasGate implements Filter {
  private static final int LOCKS = 64;
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  public CasGate() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (READS.contains(http.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    ReentrantLock lock = locks[Math.floorMod(http.getRequestURI().hashCode(), LOCKS)];
    lock.lock();
    try {
      chain.doFilter(request, response);
    } finally {
      lock.unlock();
    }
  }
}
