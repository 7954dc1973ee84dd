package dev.siltstone.handlers;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Makes a handler as the managed runtime does, by its class name and public constructor, and feeds
 * it events: a line in, a line out. {@code ok } or {@code failed } precedes each answer.
 */
public final class HandlerMain {
  static final String OK = "ok ";
  static final String FAILED = "failed ";

  /** Precedes an event whose invocation has hardly any time left. */
  static final String SHORT = "short ";

  private static final int MINUTE_MILLIS = 60_000;

  private HandlerMain() {}

  public static void main(String[] args) throws Exception {
    RequestStreamHandler handler =
        (RequestStreamHandler) Class.forName(args[0]).getConstructor().newInstance();
    System.out.println(OK + "ready");
    BufferedReader events =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String event = events.readLine(); event != null; event = events.readLine()) {
      System.out.println(answer(handler, event));
    }
    System.exit(0);
  }

  private static String answer(RequestStreamHandler handler, String event) {
    boolean isShort = event.startsWith(SHORT);
    String payload = isShort ? event.substring(SHORT.length()) : event;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
          output,
          new HandlerContext(isShort ? 1 : MINUTE_MILLIS));
      return OK + output.toString(StandardCharsets.UTF_8);
    } catch (Exception e) {
      return FAILED + e.getMessage();
    }
  }
}
