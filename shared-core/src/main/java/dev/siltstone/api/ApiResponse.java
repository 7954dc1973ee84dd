package dev.siltstone.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP response; {@code body} is empty or JSON unless a content-type header says otherwise. */
public record ApiResponse(int status, Map<String, String> headers, byte[] body) {
  public static ApiResponse json(int status, byte[] body) {
    return new ApiResponse(status, Map.of("content-type", "application/json"), body);
  }

  public static ApiResponse empty(int status) {
    return new ApiResponse(status, Map.of(), new byte[0]);
  }

  public ApiResponse withHeader(String lowerCaseName, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(lowerCaseName, value);
    return new ApiResponse(status, Map.copyOf(all), body);
  }
}
