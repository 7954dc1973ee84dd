package dev.siltstone.operations;

import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells compactors of an entry that an operation has placed. */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final NoticeQueue notices;

  Announcer(NoticeQueue notices) {
    this.notices = notices;
  }

  /** The entry stands whether or not this succeeds: the sweep finds it too. */
  void announce(CollectionId collection) {
    try {
      notices.send(new Notice(collection), Duration.ZERO);
    } catch (SiltstoneException e) {
      LOG.warn("collection {}: notice not sent, the sweep will find it", collection, e);
    }
  }
}
