package dev.siltstone.contract;

import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.time.Clock;
import java.time.Duration;

class AwsNoticeQueueTest extends NoticeQueueContract {
  protected AwsServices services() {
    return AwsServices.emulated();
  }

  @Override
  protected NoticeQueue newQueue() {
    return AwsFamily.create(services()).queue();
  }

  /** The queue's clock is out of reach. */
  @Override
  protected void pass(Duration time) {
    Clock.system().sleep(time);
  }
}
