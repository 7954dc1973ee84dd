package dev.siltstone.ingest.file.aws;

import java.io.FilterInputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A download whose rest is not fetched when it is closed. */
final class AbortingInput extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> download;

  AbortingInput(ResponseInputStream<GetObjectResponse> download) {
    super(download);
    this.download = download;
  }

  @Override
  public void close() {
    download.abort();
  }
}
