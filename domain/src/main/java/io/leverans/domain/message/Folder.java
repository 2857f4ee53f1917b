package io.leverans.domain.message;

import io.leverans.domain.delivery.DeliveryState;
import java.util.Collection;
import java.util.Comparator;

/**
 * Where a message lies. The constants stand from the lightest to the gravest: a message lies in the
 * gravest folder of its deliveries.
 */
public enum Folder {
  SENT(Section.SENT),
  ARCHIVED(Section.SENT),
  DRAFTS(Section.PENDING),
  SCHEDULED(Section.PENDING),
  IN_PROGRESS(Section.PENDING),
  WAITING(Section.PENDING),
  CANCELLED(Section.UNDELIVERED),
  IN_DOUBT(Section.UNDELIVERED),
  FAILED(Section.UNDELIVERED),
  BOUNCED(Section.UNDELIVERED),
  SPAM_COMPLAINTS(Section.UNDELIVERED);

  private final Section section;

  Folder(Section section) {
    this.section = section;
  }

  public Section section() {
    return section;
  }

  /**
   * The folder of a message whose deliveries are in these states, of which there is at least one.
   */
  public static Folder of(Collection<DeliveryState> states) {
    return states.stream()
        .map(Folder::of)
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> new IllegalArgumentException("a message has at least one delivery"));
  }

  /** The folder that one delivery asks for. */
  public static Folder of(DeliveryState state) {
    return switch (state) {
      case SCHEDULED -> SCHEDULED;
      case QUEUED, SENDING, HANDED_OVER -> IN_PROGRESS;
      case WAITING -> WAITING;
      case ACCEPTED, CONFIRMED, LOGGED -> SENT;
      case IN_DOUBT -> IN_DOUBT;
      case FAILED -> FAILED;
      case BOUNCED -> BOUNCED;
      case COMPLAINED -> SPAM_COMPLAINTS;
      case CANCELLED -> CANCELLED;
    };
  }

  /** The three groups of folders a person sees. */
  public enum Section {
    SENT,
    PENDING,
    UNDELIVERED
  }
}
