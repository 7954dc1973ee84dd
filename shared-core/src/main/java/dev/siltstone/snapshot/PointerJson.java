package dev.siltstone.snapshot;

import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.json.Json;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;

/** Pointers as sealed JSON. */
final class PointerJson {
  private static final SealedJson SEAL = new SealedJson("siltstone-pointer", 1);

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
    return SEAL.open(sealed, key, PointerJson::read);
  }

  private static Pointer read(JsonFields in) {
    return new Pointer(
        CommitId.parse(in.text("commit")),
        new Generation(in.number("generation")),
        new Epoch(in.number("epoch")),
        new Sequence(in.number("folded_sequence")),
        new ObjectKey(in.text("manifest")),
        new Checksum(in.text("manifest_sha256")));
  }
}
