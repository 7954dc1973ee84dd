package dev.siltstone.log.aws;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogRestore;
import dev.siltstone.log.Tip;
import java.util.ArrayList;
import java.util.List;

/** One transaction for the tip, then one for each {@value #ENTRIES} entries. */
public final class DynamoLogRestore implements LogRestore {
  /** A transaction has at most 100 parts, and the check of the head is one of them. */
  private static final int ENTRIES = 99;

  private final AwsTable table;

  public DynamoLogRestore(AwsTable table) {
    this.table = table;
  }

  @Override
  public boolean put(CollectionId collection, Tip tip, List<LogEntry> entries) {
    boolean done = withoutHead(collection, List.of(TableWrite.put(HeadItem.tip(collection, tip))));
    for (int from = 0; done && from < entries.size(); from += ENTRIES) {
      done =
          withoutHead(
              collection,
              entries.subList(from, Math.min(entries.size(), from + ENTRIES)).stream()
                  .map(entry -> TableWrite.put(LogItem.encode(collection, entry)))
                  .toList());
    }
    return done;
  }

  private boolean withoutHead(CollectionId collection, List<TableWrite> puts) {
    List<TableWrite> all = new ArrayList<>(puts.size() + 1);
    all.add(TableWrite.check(TableLayout.head(collection)).whenAbsent());
    all.addAll(puts);
    return table.transact(all.toArray(TableWrite[]::new)) instanceof Applied;
  }
}
