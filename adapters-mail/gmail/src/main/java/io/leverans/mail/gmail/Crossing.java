package io.leverans.mail.gmail;

import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import java.util.stream.Collectors;

/** The way over the point of no return, of one attempt: all recipients at once. For one thread. */
final class Crossing implements Gate {
  private final Dispatch dispatch;
  private final HandOver handOver;
  private final Diary diary;
  private Side side = Side.HERE;

  /** Where the message is. */
  enum Side {
    /** With us: the request has not ended. */
    HERE,
    /** The last byte may have left. */
    BEYOND
  }

  Crossing(Dispatch dispatch, HandOver handOver, Diary diary) {
    this.dispatch = dispatch;
    this.handOver = handOver;
    this.diary = diary;
  }

  Side side() {
    return side;
  }

  @Override
  public void ask() throws NotPermittedException {
    Permission permission =
        handOver.request(
            dispatch.envelopes().stream().map(Envelope::delivery).collect(Collectors.toSet()));
    diary.note("permission to hand over: " + permission);
    if (permission != Permission.GO) {
      throw new NotPermittedException(permission);
    }
  }

  @Override
  public void end() {
    side = Side.BEYOND;
  }
}
