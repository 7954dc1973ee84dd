package dev.siltstone.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.json.Json;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import java.io.IOException;

/** Pointers as sealed JSON. */
final class PointerJson {
  private static final SealedJson SEAL = new SealedJson("siltstone-pointer", 1);
  private static final ObjectMapper MAPPER = new ObjectMapper(Json.FACTORY);

  private PointerJson() {}

  static byte[] write(Pointer pointer) {
    return SEAL.seal(
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("commit", pointer.commit().toString());
          out.writeNumberField("generation", pointer.generation().value());
          out.writeNumberField("epoch", pointer.epoch().value());
          out.writeNumberField("folded_sequence", pointer.folded().value());
          out.writeStringField("manifest", pointer.manifest().value());
          out.writeStringField("manifest_sha256", pointer.manifestChecksum().hex());
          out.writeEndObject();
        }));
  }

  static Pointer read(byte[] sealed, ObjectKey key) {
    SEAL.check(sealed, key);
    try {
      JsonNode node = MAPPER.readTree(sealed);
      return new Pointer(
          CommitId.parse(node.required("commit").asText()),
          new Generation(node.required("generation").asLong()),
          new Epoch(node.required("epoch").asLong()),
          new Sequence(node.required("folded_sequence").asLong()),
          new ObjectKey(node.required("manifest").asText()),
          new Checksum(node.required("manifest_sha256").asText()));
    } catch (IOException | IllegalArgumentException e) {
      throw new CorruptDataException(key + " has the right checksum but the wrong fields", e);
    }
  }
}
