package dev.siltstone.storage.aws;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.DownloadRoom;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.RangedDownload;
import dev.siltstone.storage.StoredObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The object store of the AWS family. The functions need {@code s3:ListBucket}: without it S3
 * answers 403 instead of 404 for a missing object.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int MAX_LISTED = 1000;

  private final S3Client client;
  private final String bucket;
  private final AwsCalls calls;
  private final DownloadRoom room = new DownloadRoom();

  /**
   * A store over one bucket.
   *
   * @param client without retries of its own, see {@link dev.siltstone.aws.AwsClients}
   */
  public S3ObjectStore(S3Client client, String bucket, AwsCalls calls) {
    this.client = client;
    this.bucket = bucket;
    this.calls = calls;
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return calls.read(
        "reading " + key,
        () -> {
          try {
            var answer = client.getObjectAsBytes(request(key).build());
            ETag etag = new ETag(answer.response().eTag());
            return Optional.of(new StoredObject(answer.asByteArrayUnsafe(), etag));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public byte[] getRange(ObjectKey key, long offset, int length) {
    if (offset < 0 || length < 0) {
      throw outside(key, offset, length);
    }
    if (length == 0) {
      return emptyRange(key, offset);
    }
    byte[] bytes = calls.read("reading " + key, () -> range(key, offset, length));
    if (bytes.length != length) {
      throw outside(key, offset, length);
    }
    return bytes;
  }

  private byte[] range(ObjectKey key, long offset, int length) {
    String range = "bytes=%d-%d".formatted(offset, offset + length - 1);
    try {
      return client.getObjectAsBytes(request(key).range(range).build()).asByteArrayUnsafe();
    } catch (NoSuchKeyException e) {
      throw missing(key, e);
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        throw outside(key, offset, length);
      }
      throw e;
    }
  }

  /** HTTP has no way to ask for no bytes, so ask how many there are. */
  private byte[] emptyRange(ObjectKey key, long offset) {
    if (offset > size(key)) {
      throw outside(key, offset, 0);
    }
    return new byte[0];
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    return new RangedDownload(room, this::part, key, sink).run(offset, expectedBytes);
  }

  private RangedDownload.Part part(ObjectKey key, long offset, int length) {
    return calls.read("reading " + key, () -> partOnce(key, offset, length));
  }

  private RangedDownload.Part partOnce(ObjectKey key, long offset, int length) {
    String range = "bytes=%d-%d".formatted(offset, offset + length - 1);
    try {
      var answer = client.getObjectAsBytes(request(key).range(range).build());
      return new RangedDownload.Part(
          answer.asByteArrayUnsafe(), sizeIn(answer.response().contentRange()));
    } catch (NoSuchKeyException e) {
      throw missing(key, e);
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return new RangedDownload.Part(new byte[0], size(key));
      }
      throw e;
    }
  }

  private long size(ObjectKey key) {
    return calls.read(
        "reading the size of " + key,
        () -> {
          try {
            return client.headObject(b -> b.bucket(bucket).key(key.value())).contentLength();
          } catch (NoSuchKeyException e) {
            throw missing(key, e);
          }
        });
  }

  /** The 9 in {@code bytes 0-4/9}. */
  private static long sizeIn(String contentRange) {
    return Long.parseLong(contentRange.substring(contentRange.indexOf('/') + 1));
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
    return new S3Put(client, calls, key, body).send(put -> put.bucket(bucket).ifNoneMatch("*"));
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
    return new S3Put(client, calls, key, body)
        .send(put -> put.bucket(bucket).ifMatch(expected.value()));
  }

  @Override
  public List<ListedObject> listAfter(String prefix, @Nullable ObjectKey after, int limit) {
    List<ListedObject> listed = new ArrayList<>();
    String last = after == null ? null : after.value();
    while (listed.size() < limit) {
      ListObjectsV2Response page = page(prefix, last, limit - listed.size());
      page.contents()
          .forEach(object ->
              listed.add(
                  new ListedObject(
                      new ObjectKey(object.key()), object.size(), object.lastModified())));
      if (page.contents().isEmpty() || !Boolean.TRUE.equals(page.isTruncated())) {
        break;
      }
      last = page.contents().getLast().key();
    }
    return listed;
  }

  private ListObjectsV2Response page(String prefix, @Nullable String after, int wanted) {
    return calls.read(
        "listing " + prefix,
        () ->
            client.listObjectsV2(b ->
                b.bucket(bucket)
                    .prefix(prefix)
                    .startAfter(after)
                    .maxKeys(Math.min(wanted, MAX_LISTED))));
  }

  @Override
  public void delete(ObjectKey key) {
    calls.repeatable(
        "deleting " + key, () -> client.deleteObject(b -> b.bucket(bucket).key(key.value())));
  }

  @Override
  public Optional<Path> localPath(ObjectKey key) {
    return Optional.empty();
  }

  private GetObjectRequest.Builder request(ObjectKey key) {
    return GetObjectRequest.builder().bucket(bucket).key(key.value());
  }

  private static NotFoundException missing(ObjectKey key, NoSuchKeyException cause) {
    return new NotFoundException("there is no object " + key, cause);
  }

  private static IllegalArgumentException outside(ObjectKey key, long offset, int length) {
    return new IllegalArgumentException(
        "%d bytes from %d do not lie within object %s".formatted(length, offset, key));
  }
}
