package io.leverans.application.service.report;

import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Mailboxes.Held;
import io.leverans.application.port.out.Mailboxes.Hold;
import io.leverans.application.port.out.Mailboxes.Place;
import io.leverans.application.service.report.FollowMailboxesService.Haste;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.MailboxBook;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What is noted during one visit to a mailbox. For the visitor's thread. */
final class VisitBook implements MailboxBook {
  private final Held held;
  private final Mailboxes mailboxes;
  private final ReportInbox inbox;
  private final InstantSource clock;
  private final Supplier<Haste> haste;
  private final Instant began;
  private Optional<MailboxMark> mark;
  private Optional<RuntimeException> unsaved = Optional.empty();
  private Stay stay = Stay.GO_ON;

  VisitBook(
      Held held,
      Mailboxes mailboxes,
      ReportInbox inbox,
      InstantSource clock,
      Supplier<Haste> haste) {
    this.held = held;
    this.mailboxes = mailboxes;
    this.inbox = inbox;
    this.clock = clock;
    this.haste = haste;
    this.began = clock.instant();
    this.mark = held.mark();
  }

  Place place() {
    return held.place();
  }

  Optional<MailboxMark> mark() {
    return mark;
  }

  /** Why a report could not be kept, if one could not. */
  Optional<RuntimeException> unsaved() {
    return unsaved;
  }

  /** Whether the visitor would have stayed. */
  boolean wasSentAway() {
    return stay == Stay.LEAVE;
  }

  @Override
  public Receipt receive(FoundReport found) {
    Place place = held.place();
    var where = new MailboxPlace(place.team(), place.channel(), found.key());
    try {
      Receipt receipt = inbox.receive(found.report().in(where));
      if (receipt != Receipt.STORED) {
        unsaved = Optional.of(new IllegalStateException("the inbox took no report"));
      }
      return receipt;
    } catch (RuntimeException e) {
      unsaved = Optional.of(e);
      return Receipt.NOT_STORED;
    }
  }

  @Override
  public Stay reached(MailboxMark place) {
    mark = Optional.of(place);
    Hold hold = mailboxes.reached(held, place, FollowMailboxesService.LEASE);
    if (hold == Hold.LOST || !clock.instant().isBefore(began.plus(longest()))) {
      stay = Stay.LEAVE;
    }
    return stay;
  }

  private Duration longest() {
    return switch (haste.get()) {
      case NONE -> FollowMailboxesService.LONGEST_VISIT;
      case OTHERS_WAIT -> FollowMailboxesService.PAUSE;
      case STOPPING -> Duration.ZERO;
    };
  }
}
