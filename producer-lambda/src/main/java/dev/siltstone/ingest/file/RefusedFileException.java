package dev.siltstone.ingest.file;

/** A file cannot be imported beyond some line, whoever tries. */
final class RefusedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
