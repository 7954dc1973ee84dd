package dev.siltstone.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.ingest.IngestFixture;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Tally;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileImporterTest {
  private static final String KEY = "import/default_tenant/default_database/docs/new.jsonl";

  /** More than two parts of records, each on a line of its own. */
  private static final int RECORDS = 2 * PartReader.ENOUGH_OPERATIONS + 500;

  @TempDir private Path folder;
  private final HeldFiles files = new HeldFiles();
  private final Tally tally = new Tally();
  private IngestFixture fixture;
  private FileImporter importer;

  @BeforeEach
  void open() {
    fixture = new IngestFixture(folder);
    importer =
        new FileImporter(
            files, fixture.ingestor(IngestLimits.DEFAULT).shared(), Clock.system(), tally);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void importsAFileInPartsAndSaysSo() {
    DroppedFile file = files.drop(KEY, records(0, RECORDS));

    assertThat(importer.run(ImportProgress.of(file), never())).isEmpty();

    assertThat(fixture.applied()).isEqualTo(RECORDS);
    assertThat(fixture.objects()).hasSize(3);
    assertThat(files.reportOf(file))
        .contains("\"outcome\":\"imported\"", "\"lines\":" + RECORDS, "\"operations\":" + RECORDS);
  }

  @Test
  void anEventThatIsRepeatedImportsNothingAgain() {
    DroppedFile file = files.drop(KEY, records(0, RECORDS));
    importer.run(ImportProgress.of(file), never());

    importer.run(ImportProgress.of(file), never());
    files.forgetReports();
    importer.run(ImportProgress.of(file), never());

    assertThat(fixture.applied()).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @CsvSource({"new.jsonl", "new.jsonl.gz"})
  void goesOnWhereTimeRanOut(String name) throws IOException {
    byte[] text = records(0, RECORDS);
    DroppedFile file =
        files.drop(KEY.replace("new.jsonl", name), name.endsWith("gz") ? zipped(text) : text);
    Optional<ImportProgress> left = Optional.of(ImportProgress.of(file));
    int invocations = 0;

    while (left.isPresent()) {
      left = importer.run(left.get(), Deadline.in(Clock.system(), Duration.ZERO));
      invocations++;
    }

    assertThat(invocations).as("one part each, and the end").isEqualTo(4);
    assertThat(fixture.applied()).isEqualTo(RECORDS);
    assertThat(files.reportOf(file)).contains("imported", "\"lines\":" + RECORDS);
  }

  @Test
  void aMessageAboutAFileComesBackAsItWas() throws IOException {
    ImportProgress progress =
        new ImportProgress(new DroppedFile(KEY, "tag", 77), 5_000_000_000L, 9, 12, 13);

    assertThat(
            ImportProgress.read(
                new ObjectMapper().readTree(progress.json()).get(ImportProgress.FIELD)))
        .isEqualTo(progress);
  }

  @Test
  void whatIsWrongIsReportedWithHowFarItCame() {
    DroppedFile file =
        files.drop(KEY, join(records(0, 1_500), "{\"ids\":7}\n".getBytes(UTF_8), records(0, 1)));

    assertThat(importer.run(ImportProgress.of(file), never())).isEmpty();

    assertThat(fixture.applied()).isEqualTo(1_000);
    assertThat(files.reportOf(file))
        .contains("\"outcome\":\"refused\"", "line 1501: ", "\"lines\":1000");
    assertThat(tally.total(Metric.REFUSED_FILES)).isEqualTo(1);
  }

  @Test
  void aFileWhoseCollectionIsMadeLaterGoesOnWhenItIsDroppedAgain() {
    String key = KEY.replace("docs", "later");
    DroppedFile file = files.drop(key, records(0, 10));
    importer.run(ImportProgress.of(file), never());
    assertThat(files.reportOf(file)).contains("refused", "lines 1 to 10: Collection [later]");

    fixture.createAnother("later");
    importer.run(ImportProgress.of(file), never());

    assertThat(files.reportOf(file)).contains("imported");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import/default_tenant/docs/new.jsonl | A file to import is import/",
        "import/default_tenant/default_database/docs/new.csv | A file to import is import/",
        "import/default_tenant/default_database/docs/new.jsonl.gz | not gzip",
      })
  void aFileThatIsNoneOfTheKindIsReported(String key, String error) {
    DroppedFile file = files.drop(key, records(0, 1));

    importer.run(ImportProgress.of(file), never());

    assertThat(files.reportOf(file)).contains("refused", error);
    fixture.assertNothingLeft();
  }

  @Test
  void linesMayDifferInKindButNotInDimension() {
    String lines =
        """
        {"ids":["a","b"],"embeddings":[[1,2],[3,4]]}

        {"operation":"delete","ids":["a"]}
        {"operation":"update","ids":["b"],"documents":["silt"]}
        """;
    DroppedFile good = files.drop(KEY, lines.getBytes(UTF_8));
    importer.run(ImportProgress.of(good), never());
    assertThat(files.reportOf(good)).contains("imported", "\"lines\":4", "\"operations\":4");

    DroppedFile bad = files.drop(KEY, "{\"ids\":[\"a\"],\"embeddings\":[[1]]}\n".getBytes(UTF_8));
    importer.run(ImportProgress.of(bad), never());
    assertThat(files.reportOf(bad)).contains("refused", "lines 1 to 1: Collection expecting");
  }

  @Test
  void aLineMayNotSayWhereItGoes() {
    DroppedFile file = files.drop(KEY, "{\"collection\":\"docs\",\"ids\":[]}".getBytes(UTF_8));

    importer.run(ImportProgress.of(file), never());

    assertThat(files.reportOf(file)).contains("line 1: ", "file's key");
  }

  @Test
  void aFileThatWasReplacedIsLeftToItsOwnEvent() {
    DroppedFile old = files.drop(KEY, records(0, 1));
    files.drop(KEY, records(0, 2));

    assertThat(importer.run(ImportProgress.of(old), never())).isEmpty();

    fixture.assertNothingLeft();
    assertThat(files.report(old)).isEmpty();
  }

  @Test
  void aDisturbanceIsPassedOnWhileNothingIsWrittenAndWaitedOutLater() {
    DroppedFile file = files.drop(KEY, records(0, RECORDS));
    files.breakAfter(0);
    assertThatThrownBy(() -> importer.run(ImportProgress.of(file), never()))
        .isInstanceOf(UnavailableException.class);
    fixture.assertNothingLeft();

    files.breakAfter(file.size() / 2);
    ImportProgress left = importer.run(ImportProgress.of(file), never()).orElseThrow();
    files.breakAfter(Long.MAX_VALUE);
    assertThat(left.lines()).isEqualTo(1_000);
    assertThat(importer.run(left, never())).isEmpty();

    assertThat(fixture.applied()).isEqualTo(RECORDS);
  }

  private static Deadline never() {
    return Deadline.in(Clock.system(), Duration.ofDays(1));
  }

  private static byte[] records(int from, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      lines.append("{\"ids\":[\"r%d\"],\"embeddings\":[[%d,1]]}%n".formatted(i, i));
    }
    return lines.toString().getBytes(UTF_8);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] zipped(byte[] text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(text);
    }
    return zipped.toByteArray();
  }
}
