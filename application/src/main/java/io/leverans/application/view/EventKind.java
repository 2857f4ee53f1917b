package io.leverans.application.view;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.senderdomain.DomainFact;
import java.util.Optional;

/** What a team is told of. The word is what stands in the feed; it never changes. */
public enum EventKind implements EventName {
  IDENTITY_CREATED("identity.created"),
  IDENTITY_VERIFIED("identity.verified"),
  IDENTITY_DEFAULT_CHANGED("identity.default-changed"),
  IDENTITY_CHANNEL_CHANGED("identity.channel-changed"),
  CHANNEL_CONNECTED("channel.connected"),
  CHANNEL_CHANGED("channel.changed"),
  CHANNEL_NEEDS_ATTENTION("channel.needs-attention"),
  CHANNEL_RECOVERED("channel.recovered"),
  CHANNEL_REMOVED("channel.removed"),
  CHANNEL_MAILBOX_NEEDS_ATTENTION("channel.mailbox-needs-attention"),
  CHANNEL_MAILBOX_RECOVERED("channel.mailbox-recovered"),
  DOMAIN_ADDED("domain.added"),
  DOMAIN_WORKING("domain.working"),
  DOMAIN_LAPSING("domain.lapsing"),
  DOMAIN_LAPSED("domain.lapsed"),
  DOMAIN_RECOVERED("domain.recovered"),
  DOMAIN_KEY_ROTATED("domain.key-rotated"),
  DOMAIN_REMOVED("domain.removed"),
  MESSAGE_ACCEPTED("message.accepted"),
  MESSAGE_MOVED("message.moved"),
  MESSAGE_LOGGED("message.logged"),
  DELIVERY_ACCEPTED("delivery.accepted"),
  DELIVERY_DEFERRED("delivery.deferred"),
  DELIVERY_WAITING("delivery.waiting"),
  DELIVERY_FAILED("delivery.failed"),
  DELIVERY_IN_DOUBT("delivery.in-doubt"),
  DELIVERY_CANCELLED("delivery.cancelled"),
  DELIVERY_RESCHEDULED("delivery.rescheduled"),
  DELIVERY_RETRIED("delivery.retried"),
  DELIVERY_RESOLVED("delivery.resolved"),
  DELIVERY_DELAYED("delivery.delayed"),
  DELIVERY_RELAYED("delivery.relayed"),
  DELIVERY_BOUNCED("delivery.bounced"),
  DELIVERY_CONFIRMED("delivery.confirmed"),
  DELIVERY_COMPLAINED("delivery.complained"),
  DELIVERY_AUTO_REPLIED("delivery.auto-replied"),
  DELIVERY_CHALLENGED("delivery.challenged"),
  DELIVERY_CORRECTED("delivery.corrected"),
  SUPPRESSION_ADDED("suppression.added"),
  SUPPRESSION_REMOVED("suppression.removed"),
  SUPPRESSION_IMPORTED("suppression.imported"),
  SUPPRESSION_POLICY_CHANGED("suppression.policy-changed"),
  PLATFORM_FAULT("platform.fault");

  private final String word;

  EventKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }

  /** The event that tells of a domain's fact. */
  public static EventKind of(DomainFact fact) {
    return switch (fact) {
      case WORKS -> DOMAIN_WORKING;
      case LAPSES -> DOMAIN_LAPSING;
      case LAPSED -> DOMAIN_LAPSED;
      case RECOVERED -> DOMAIN_RECOVERED;
      case KEY_SWITCHED -> DOMAIN_KEY_ROTATED;
    };
  }

  /** The event that tells of a fact; some are nobody's concern but ours. */
  public static Optional<EventKind> of(DeliveryFact fact) {
    return switch (fact) {
      case CAME_DUE, CLAIMED, GO, HELD_BACK, REROUTED, CHANNEL_READY -> Optional.empty();
      case ACCEPTED -> Optional.of(DELIVERY_ACCEPTED);
      case DEFERRED -> Optional.of(DELIVERY_DEFERRED);
      case NOT_TRIED -> Optional.of(DELIVERY_WAITING);
      case REJECTED, SUPPRESSED, GAVE_UP -> Optional.of(DELIVERY_FAILED);
      case ANSWER_LOST -> Optional.of(DELIVERY_IN_DOUBT);
      case LEASE_LOST -> Optional.of(DELIVERY_IN_DOUBT);
      case SHOWN_NOT_SENT,
          SHOWN_SENT,
          DECLARED_SENT,
          ASSUMED_SENT,
          DECLARED_FAILED,
          RESEND_ORDERED ->
          Optional.of(DELIVERY_RESOLVED);
      case RETRY_ORDERED -> Optional.of(DELIVERY_RETRIED);
      case CANCELLED -> Optional.of(DELIVERY_CANCELLED);
      case RESCHEDULED -> Optional.of(DELIVERY_RESCHEDULED);
      case BOUNCE_REPORTED -> Optional.of(DELIVERY_BOUNCED);
      case DELIVERY_REPORTED -> Optional.of(DELIVERY_CONFIRMED);
      case COMPLAINT_REPORTED -> Optional.of(DELIVERY_COMPLAINED);
      case REPORT_WITHDRAWN -> Optional.of(DELIVERY_CORRECTED);
    };
  }
}
