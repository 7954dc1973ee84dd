package dev.siltstone.notice.sqlite;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.sqlite.Session;
import dev.siltstone.time.Clock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The queue in {@code siltstone.db}. Nothing is synced: notices are hints. A notice that nobody has
 * received yet stands for later ones of its collection, which then cost one read: whoever receives
 * it looks at the collection after they were sent.
 */
public final class SqliteNoticeQueue implements NoticeQueue {
  private static final int MAX_RECEIVED = 10;

  private final EmbeddedDatabase database;
  private final Clock clock;

  /** The database is the caller's to close. */
  public SqliteNoticeQueue(EmbeddedDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void send(Notice notice, Duration delay) {
    if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException("delay " + delay + " is not within 15 minutes");
    }
    String collection = notice.collection().toString();
    long visibleAt = clock.now().plus(delay).toEpochMilli();
    if (!database.read(session -> isWaiting(session, collection, visibleAt))) {
      database.writeUnsynced(session ->
          session.update(
              "INSERT INTO notice (collection, visible_at, receipts) VALUES (?, ?, 0)",
              collection,
              visibleAt));
    }
  }

  private static boolean isWaiting(Session session, String collection, long visibleAt)
      throws SQLException {
    return session
        .first(
            "SELECT 1 FROM notice WHERE collection = ? AND receipts = 0 AND visible_at <= ?",
            _ -> true,
            collection,
            visibleAt)
        .isPresent();
  }

  @Override
  public List<ReceivedNotice> receive(int max, Duration invisible) {
    if (max < 1 || max > MAX_RECEIVED) {
      throw new IllegalArgumentException("cannot receive " + max + " notices at once");
    }
    long now = clock.now().toEpochMilli();
    return database.read(session -> anyVisible(session, now))
        ? database.writeUnsynced(session -> take(session, max, now, now + invisible.toMillis()))
        : List.of();
  }

  private static boolean anyVisible(Session session, long now) throws SQLException {
    return session.first("SELECT 1 FROM notice WHERE visible_at <= ?", _ -> true, now).isPresent();
  }

  private static List<ReceivedNotice> take(Session session, int max, long now, long visibleAgain)
      throws SQLException {
    return session.list(
        "UPDATE notice SET visible_at = ?, receipts = receipts + 1 WHERE number IN"
            + " (SELECT number FROM notice WHERE visible_at <= ? ORDER BY visible_at LIMIT ?)"
            + " RETURNING collection, number, receipts",
        SqliteNoticeQueue::received,
        visibleAgain,
        now,
        max);
  }

  private static ReceivedNotice received(ResultSet row) throws SQLException {
    return new ReceivedNotice(
        new Notice(CollectionId.parse(row.getString(1))), row.getLong(2) + ":" + row.getInt(3));
  }

  /** A receipt that has been overtaken by a later one acknowledges nothing. */
  @Override
  public void acknowledge(ReceivedNotice received) {
    String[] handle = received.handle().split(":", -1);
    if (handle.length != 2) {
      throw new CorruptDataException("not a handle of this queue: " + received.handle());
    }
    database.writeUnsynced(session ->
        session.update(
            "DELETE FROM notice WHERE number = ? AND receipts = ?",
            Long.parseLong(handle[0]),
            Integer.parseInt(handle[1])));
  }
}
