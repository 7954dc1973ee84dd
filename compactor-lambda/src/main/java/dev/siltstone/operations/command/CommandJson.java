package dev.siltstone.operations.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.gc.CollectionMode;
import dev.siltstone.identity.Sequence;
import dev.siltstone.operations.command.OperationCommand.Verify;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads commands from JSON, with the names of the command line.
 *
 * <pre>
 * {"command":"compact",          "collection":c}
 * {"command":"sweep"}
 * {"command":"stats",            "collection":c}
 * {"command":"verify",           "collection":c, "snapshot":"7", "all":true}
 * {"command":"snapshots",        "collection":c}
 * {"command":"rollback",         "collection":c, "to":"7"}
 * {"command":"gc",               "collection":c, "dry_run":true, "any_share":true}
 * {"command":"receipt",          "collection":c, "write":"42"}
 * {"command":"quarantine list",  "collection":c}
 * {"command":"quarantine retry", "collection":c, "sequence":43, "repaired":"base64"}
 * </pre>
 *
 * <p>A collection {@code c} is its id, its name in the default database, or {@code
 * tenant/database/name}. Needed are {@code collection} (but for {@code gc}), {@code to}, {@code
 * write} and {@code sequence}. {@code verify --recall} is for the command line alone. Fields that a
 * command does not know are refused: a misspelt {@code dry_run} must not delete anything.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets and functions hold no state
public enum CommandJson {
  COMPACT(Set.of("collection"), fields -> new OperationCommand.Compact(fields.collection())),
  SWEEP(Set.of(), _ -> new OperationCommand.Sweep()),
  STATS(Set.of("collection"), fields -> new OperationCommand.Stats(fields.collection())),
  VERIFY(Set.of("collection", "snapshot", "all", "recall"), CommandJson::verify),
  SNAPSHOTS(Set.of("collection"), fields -> new OperationCommand.Snapshots(fields.collection())),
  ROLLBACK(
      Set.of("collection", "to"),
      fields -> new OperationCommand.RollBack(fields.collection(), fields.text("to"))),
  GC(Set.of("collection", "dry_run", "any_share"), CommandJson::collectGarbage),
  RECEIPT(
      Set.of("collection", "write"),
      fields -> new OperationCommand.Receipt(fields.collection(), fields.text("write"))),
  QUARANTINE_LIST(
      Set.of("collection"), fields -> new OperationCommand.QuarantineList(fields.collection())),
  QUARANTINE_RETRY(Set.of("collection", "sequence", "repaired"), CommandJson::retry);

  /** The field that names the command. */
  public static final String COMMAND = "command";

  private final Set<String> known;
  private final Function<CommandFields, OperationCommand> reading;

  CommandJson(Set<String> known, Function<CommandFields, OperationCommand> reading) {
    this.known = known;
    this.reading = reading;
  }

  /** The name in JSON, such as {@code quarantine list}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * The command of an event.
   *
   * @throws InvalidRequestException if there is no such command, or a field is missing, unknown or
   *     of the wrong kind; the message says which and what to write
   */
  public static OperationCommand read(JsonNode event) {
    String name = event.path(COMMAND).asText("");
    CommandJson command =
        Stream.of(values())
            .filter(one -> one.wireName().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new InvalidRequestException(
                    "there is no command '%s'; commands are %s".formatted(name, names())));
    command.refuseUnknown(event);
    return command.reading.apply(new CommandFields(command.wireName(), event));
  }

  private static List<String> names() {
    return Stream.of(values()).map(CommandJson::wireName).toList();
  }

  private void refuseUnknown(JsonNode event) {
    Set<String> unknown = new TreeSet<>();
    event.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    unknown.remove(COMMAND);
    if (!unknown.isEmpty()) {
      throw new InvalidRequestException(
          "command %s knows no field %s; it takes %s"
              .formatted(
                  wireName(),
                  String.join(", ", unknown),
                  known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
    }
  }

  private static OperationCommand verify(CommandFields fields) {
    if (fields.has("recall")) {
      throw new InvalidRequestException(
          "command verify measures no recall in a function, whose package carries no second index"
              + " to compare with: run ./siltstone verify --recall where the data is a folder");
    }
    boolean all = fields.flag("all");
    if (all && fields.has("snapshot")) {
      throw new InvalidRequestException("command verify takes either snapshot or all");
    }
    return new Verify(
        fields.collection(),
        fields.has("snapshot") ? fields.text("snapshot") : null,
        all ? Verify.Extent.ALL : Verify.Extent.ONE,
        null);
  }

  private static OperationCommand collectGarbage(CommandFields fields) {
    CollectionMode mode =
        fields.flag("dry_run")
            ? CollectionMode.DRY_RUN
            : fields.flag("any_share") ? CollectionMode.COLLECT_ANY_SHARE : CollectionMode.COLLECT;
    return new OperationCommand.CollectGarbage(
        fields.has("collection") ? fields.collection() : null, mode);
  }

  private static OperationCommand retry(CommandFields fields) {
    return new OperationCommand.QuarantineRetry(
        fields.collection(),
        new Sequence(fields.positive("sequence")),
        fields.has("repaired") ? fields.repaired("repaired") : null);
  }
}
