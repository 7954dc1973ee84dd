package dev.siltstone.fuzz;

import dev.siltstone.api.ApiRequest;
import java.io.IOException;

/** A way in for requests, which may spoil them on the way. */
interface WayIn extends AutoCloseable {
  /** What came back, and the server's own processor time. */
  record Answer(int status, String body) {
    /** The server ended the connection without a word. */
    static final Answer NONE = new Answer(0, "");
  }

  /** Sends a request as it is. */
  Answer send(ApiRequest request) throws IOException;

  /** Sends a request in one of this way's own wrong or unusual forms. */
  Answer sendSpoilt(ApiRequest request) throws IOException;

  /** The most processor time that any request has taken on the thread that answered it. */
  long mostProcessorNanos();

  @Override
  void close() throws IOException;
}
