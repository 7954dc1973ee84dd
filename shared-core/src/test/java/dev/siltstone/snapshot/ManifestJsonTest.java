package dev.siltstone.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {
  /** A version in which nothing is empty. */
  static final Manifest FULL = full();

  private static final Pointer POINTER = Pointer.to(FULL, Checksum.of(new byte[1]));

  private static Manifest full() {
    Manifest second = Versions.after(Versions.first(1, 3), 2, 4);
    ManifestDraft draft = new ManifestDraft(Versions.after(second, 3, 4));
    draft.retired = List.of(new RetiredObject(draft.retained.getLast().manifest(), Versions.AT));
    draft.retained = draft.retained.subList(0, 1);
    draft.pins = List.of(new Pin(second.generation(), new Sequence(9)));
    draft.rollbacks =
        List.of(
            new RolledBack(new Sequence(6), new Generation(1), new Sequence(4), new Generation(2)));
    return draft.manifest();
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(ManifestJson.read(ManifestJson.write(FULL), FULL.key())).isEqualTo(FULL);
    ManifestDraft bare = new ManifestDraft();
    assertThat(ManifestJson.read(ManifestJson.write(bare.manifest()), FULL.key()))
        .isEqualTo(bare.manifest());
    assertThat(PointerJson.read(PointerJson.write(POINTER), FULL.key())).isEqualTo(POINTER);
  }

  /** Files that the first release wrote; they are never made again. */
  @Test
  void readsAndStillWritesTheFilesOfTheFirstRelease() throws IOException {
    assertThat(ManifestJson.read(golden("manifest-v1.json"), FULL.key())).isEqualTo(FULL);
    assertThat(ManifestJson.write(FULL)).isEqualTo(golden("manifest-v1.json"));
    assertThat(PointerJson.read(golden("pointer-v1.json"), FULL.key())).isEqualTo(POINTER);
    assertThat(PointerJson.write(POINTER)).isEqualTo(golden("pointer-v1.json"));
  }

  @Test
  void refusesAFileOfWhichAnyByteIsChangedOrMissing() {
    byte[] file = ManifestJson.write(FULL);
    for (int i = 0; i < file.length; i++) {
      byte[] changed = file.clone();
      changed[i] ^= 1;
      byte[] truncated = Arrays.copyOf(file, i);
      for (byte[] damaged : List.of(changed, truncated)) {
        assertThatThrownBy(() -> ManifestJson.read(damaged, FULL.key()))
            .as("byte %d", i)
            .isInstanceOf(CorruptDataException.class)
            .hasMessageContaining(FULL.key().value());
      }
    }
  }

  @Test
  void tellsANewerVersionFromDamage() {
    byte[] newer = new SealedJson("siltstone-manifest", 2).seal("{\"x\":1}".getBytes(UTF_8));
    assertThatThrownBy(() -> ManifestJson.read(newer, FULL.key()))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("version 2 of siltstone-manifest, this code reads up to 1");
    byte[] none = new SealedJson("siltstone-manifest", 0).seal("{\"x\":1}".getBytes(UTF_8));
    assertThatThrownBy(() -> ManifestJson.read(none, FULL.key()))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void refusesAFileOfAnotherKind() {
    ObjectKey key = ObjectLayout.pointer(FULL.collection());
    assertThatThrownBy(() -> PointerJson.read(ManifestJson.write(FULL), key))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("is no siltstone-pointer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"generation\":3|\"generation\":\"3\"|field generation cannot be a STRING",
        "\"generation\":3|\"generation\":3.0|field generation cannot be a NUMBER",
        "\"generation\":3|\"generation\":null|field generation cannot be a NULL",
        "\"generation\":3|\"generation\":-3|negative",
        "\"generation\":3|\"generation\":3,\"colour\":1|unknown fields [colour]",
        "\"generation\":3|\"generation\":3,\"generation\":3|uplicate",
        "\"generation\":3|\"degeneration\":3|no field generation",
        "\"rows\":1|\"rows\":4294967297|field rows cannot be a NUMBER",
        "\"graph\":false|\"graph\":0|field graph cannot be a NUMBER",
        "\"space\":\"cosine\"|\"space\":\"round\"|unknown variant",
        "\"live_records\":7|\"live_records\":\"many\"|field live_records",
        "\"created_at\":\"2026|\"created_at\":\"twenty|could not be parsed",
        "\"collection\":\"0|\"collection\":\"x|not a valid UUID",
        "\"content\":\"0|\"content\":\"x|not a content checksum",
        "\"first\":[|\"first\":[0,|an order key is",
        "\"count\":2|\"count\":2,\"more\":1|unknown fields [more]",
        "\"retired\":[|\"retired\":[7,|expected an object, found NUMBER",
      })
  void refusesFieldsThatDoNotFit(String found, String replacement, String message) {
    String text = new String(ManifestJson.write(FULL), UTF_8);
    String fields = "{" + text.substring(text.indexOf("\"collection\""));
    assertThat(fields).contains(found);
    byte[] forged =
        new SealedJson("siltstone-manifest", 1)
            .seal(fields.replaceFirst(Pattern.quote(found), replacement).getBytes(UTF_8));
    assertThatThrownBy(() -> ManifestJson.read(forged, FULL.key()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("the right checksum and the wrong fields")
        .hasMessageContaining(message);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ManifestJsonTest.class.getResourceAsStream("/golden/" + name))) {
      return in.readAllBytes();
    }
  }
}
