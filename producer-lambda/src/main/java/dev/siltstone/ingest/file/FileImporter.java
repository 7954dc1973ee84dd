package dev.siltstone.ingest.file;

import dev.siltstone.api.ErrorResponse;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.ingest.QueuedOutcome;
import dev.siltstone.ingest.QueuedWrite;
import dev.siltstone.ingest.SharedIngestor;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports dropped files, part by part. A part is one delta and has an id of its own, made of the
 * file's key, its content's tag and the part's number: whoever imports the same content again
 * applies no part twice. What cannot be imported is reported together with how far it came.
 */
public final class FileImporter {
  private static final Logger LOG = LoggerFactory.getLogger(FileImporter.class);
  private static final int BUFFER = 1 << 16;
  private static final int TOO_MANY = 429;
  private static final Duration NEVER = Duration.ofDays(1);

  private final FileStore files;
  private final SharedIngestor ingestor;
  private final Clock clock;
  private final Metrics metrics;

  public FileImporter(FileStore files, SharedIngestor ingestor, Clock clock, Metrics metrics) {
    this.files = files;
    this.ingestor = ingestor;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Goes on with a file until it ends, is refused, or time runs out, but by one part at least.
   *
   * @param deadline after which no other part is begun
   * @return empty if nothing is left to do, else from where to go on
   * @throws UnavailableException or another failure, if not one part could be written now
   */
  public Optional<ImportProgress> run(ImportProgress from, Deadline deadline) {
    Optional<ImportReport> before = files.report(from.file()).map(ImportReport::read);
    if (before.isPresent() && before.get().isComplete()) {
      return Optional.empty();
    }
    boolean anew = from.part() == 0;
    return goOn(before.map(ImportReport::reached).filter(_ -> anew).orElse(from), deadline);
  }

  private Optional<ImportProgress> goOn(ImportProgress begin, Deadline deadline) {
    ImportProgress reached = begin;
    try (InputStream text = text(begin)) {
      if (text == null) {
        return superseded(begin);
      }
      PartReader parts = new PartReader(text, begin.file().collection(), begin.lines());
      do {
        Optional<FilePart> part = parts.next();
        if (part.isEmpty()) {
          return ended(new ImportReport(reached, null, clock.now()));
        }
        write(reached, part.get());
        reached = reached.after(part.get());
      } while (!deadline.hasPassed());
      return Optional.of(reached);
    } catch (RefusedFileException | InvalidRequestException e) {
      return ended(new ImportReport(reached, e.getMessage(), clock.now()));
    } catch (ZipException | EOFException e) {
      return ended(new ImportReport(reached, "the file is not gzip, or cut off", clock.now()));
    } catch (IOException | RuntimeException e) {
      return later(begin, reached, e);
    }
  }

  /** The text from where a part begins; null if the file is not what it was. */
  private @Nullable InputStream text(ImportProgress begin) throws IOException {
    boolean zipped = begin.file().isZipped();
    if (!zipped && begin.offset() >= begin.file().size()) {
      return InputStream.nullInputStream();
    }
    Optional<InputStream> stored = files.open(begin.file(), zipped ? 0 : begin.offset());
    if (stored.isEmpty()) {
      return null;
    }
    InputStream bytes = new BufferedInputStream(stored.get(), BUFFER);
    if (!zipped) {
      return bytes;
    }
    InputStream text = new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
    text.skipNBytes(begin.offset());
    return text;
  }

  private void write(ImportProgress reached, FilePart part) {
    QueuedWrite write = new QueuedWrite(reached.file().part(reached.part()), part.batch());
    Deadline none = Deadline.in(clock, NEVER);
    if (ingestor.ingest(List.of(write), none).getFirst()
        instanceof QueuedOutcome.Failed(RuntimeException cause)) {
      throw isFinal(cause)
          ? new RefusedFileException(
              "lines %d to %d: %s"
                  .formatted(
                      reached.lines() + 1, reached.lines() + part.lines(), cause.getMessage()),
              cause)
          : cause;
    }
  }

  /** Whether the HTTP API would call it the request's fault, other than by its timing. */
  private static boolean isFinal(RuntimeException cause) {
    int status = ErrorResponse.of(cause).status();
    return status >= 400 && status < 500 && status != TOO_MANY;
  }

  /** Deleted, or replaced by another content, about which there is an event of its own. */
  private static Optional<ImportProgress> superseded(ImportProgress from) {
    LOG.atWarn()
        .addKeyValue("file", from.file().key())
        .addKeyValue("lines", from.lines())
        .log("file was deleted or replaced before all of it was imported");
    return Optional.empty();
  }

  private Optional<ImportProgress> ended(ImportReport report) {
    ImportProgress reached = report.reached();
    files.report(reached.file(), report.json());
    if (!report.isComplete()) {
      metrics.record(Metric.REFUSED_FILES, 1);
    }
    (report.isComplete() ? LOG.atInfo() : LOG.atError())
        .addKeyValue("file", reached.file().key())
        .addKeyValue("lines", reached.lines())
        .addKeyValue("operations", reached.operations())
        .addKeyValue("error", report.refused())
        .log(report.isComplete() ? "file imported" : "file refused");
    return Optional.empty();
  }

  /** What was written need not be met again by the next attempt. */
  private static Optional<ImportProgress> later(
      ImportProgress begin, ImportProgress reached, Exception cause) {
    if (reached.part() > begin.part()) {
      LOG.atWarn()
          .addKeyValue("file", reached.file().key())
          .addKeyValue("lines", reached.lines())
          .addKeyValue("cause", cause.toString())
          .log("import goes on later");
      return Optional.of(reached);
    }
    throw cause instanceof RuntimeException failure
        ? failure
        : new UnavailableException("reading " + begin.file().key() + " failed", cause);
  }
}
