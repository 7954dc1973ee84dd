package dev.siltstone.ingest.file.aws;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.ingest.file.DroppedFile;
import dev.siltstone.ingest.file.FileStore;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Files under {@code import/}, reports under {@code import-report/}, in the store's bucket. */
public final class S3FileStore implements FileStore {
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String bucket;
  private final AwsCalls calls;

  public S3FileStore(S3Client client, String bucket, AwsCalls calls) {
    this.client = client;
    this.bucket = bucket;
    this.calls = calls;
  }

  @Override
  public Optional<InputStream> open(DroppedFile file, long offset) {
    return calls.read(
        "reading " + file.key(),
        () -> {
          try {
            return Optional.of(
                new AbortingInput(
                    client.getObject(b ->
                        b.bucket(bucket)
                            .key(file.key())
                            .ifMatch(quoted(file.etag()))
                            .range(offset == 0 ? null : "bytes=" + offset + "-"))));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Events name tags without their quotes. */
  private static String quoted(String etag) {
    return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
  }

  @Override
  public Optional<byte[]> report(DroppedFile file) {
    return calls.read(
        "reading " + file.reportKey(),
        () -> {
          try {
            return Optional.of(
                client
                    .getObjectAsBytes(b -> b.bucket(bucket).key(file.reportKey()))
                    .asByteArrayUnsafe());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void report(DroppedFile file, byte[] report) {
    calls.repeatable(
        "writing " + file.reportKey(),
        () ->
            client.putObject(
                b -> b.bucket(bucket).key(file.reportKey()).contentType("application/json"),
                RequestBody.fromBytes(report)));
  }
}
