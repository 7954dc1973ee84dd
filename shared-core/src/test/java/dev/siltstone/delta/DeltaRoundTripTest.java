package dev.siltstone.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.storage.Checksum;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaRoundTripTest {
  @Test
  void readsBackWhatWasWritten() {
    for (long seed = 0; seed < 200; seed++) {
      Delta delta = new RandomDeltas(seed).next();
      EncodedDelta encoded = DeltaWriter.encode(delta);
      assertThat(DeltaReader.decode(encoded.bytes(), DeltaLimits.FORMAT))
          .as("seed %d", seed)
          .isEqualTo(delta);
    }
  }

  @Test
  void saysWhatItWrote() {
    Delta delta = new RandomDeltas(7).next();
    EncodedDelta encoded = DeltaWriter.encode(delta);
    assertThat(encoded.id()).isEqualTo(delta.id());
    assertThat(encoded.count()).isEqualTo(delta.operations().size());
    assertThat(encoded.checksum()).isEqualTo(Checksum.of(encoded.bytes()));
  }

  @Test
  void makesTheSameBytesOfTheSameDelta() {
    Delta delta = new RandomDeltas(8).next();
    assertThat(DeltaWriter.encode(delta).bytes()).isEqualTo(DeltaWriter.encode(delta).bytes());
  }

  @Test
  void staysWithinTheRatioForWhatCompressesBest() {
    Operation operation =
        new Operation.Add(
            new RecordId("a"), Embedding.of(0), "a".repeat(8_000_000), null, MetadataPatch.NONE);
    Delta delta = delta(1, operation);
    assertThat(DeltaReader.decode(DeltaWriter.encode(delta).bytes(), DeltaLimits.FORMAT))
        .isEqualTo(delta);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD834", "a\uDD1E", "\uD834\uD834\uDD1E"})
  void refusesTextThatUtf8CannotHold(String text) {
    MetadataPatch metadata = MetadataPatch.setting(Map.of("k", new StringValue(text)));
    for (Operation operation :
        List.of(
            new Operation.Delete(new RecordId(text)),
            update(text, null, MetadataPatch.NONE),
            update(null, text, MetadataPatch.NONE),
            update(null, null, metadata))) {
      assertThatThrownBy(() -> DeltaWriter.encode(delta(0, operation)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("unpaired surrogate");
    }
  }

  @Test
  void refusesABatchBeyondTheLimit() {
    Delta delta = delta(0, update("x".repeat(10_000), null, MetadataPatch.NONE));
    DeltaLimits limits = new DeltaLimits(20_000, 2_000);
    assertThatThrownBy(() -> DeltaWriter.encode(delta, limits))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "A batch of 1 operations takes 20480 bytes as a delta; the limit is 20000: split"
                + " it");
  }

  private static Operation update(
      @Nullable String document, @Nullable String uri, MetadataPatch metadata) {
    return new Operation.Update(new RecordId("a"), null, document, uri, metadata);
  }

  private static Delta delta(int dimension, Operation operation) {
    return new Delta(
        new CollectionId(new UUID(1, 2)),
        new DeltaId(new UUID(3, 4)),
        dimension,
        null,
        Instant.EPOCH,
        List.of(operation));
  }
}
