package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.List;

/**
 * A team whose mail does not arrive, in the store under test. It has an admin and a member, each
 * with an identity at {@code sender.example}.
 */
public interface FailingMail {
  TeamId team();

  MemberId admin();

  MemberId member();

  IdentityId identityOf(MemberId member);

  /** That all of it goes through. */
  ChannelId channel();

  /** One message to these recipients, refused for the cause. */
  List<DeliveryId> failed(MemberId author, Cause cause, String... recipients);

  /** A message to one recipient, accepted and returned. */
  DeliveryId bounced(MemberId author, Cause cause, String recipient);

  /** A message to one recipient, of which nobody knows whether it was taken. */
  DeliveryId inDoubt(MemberId author, String recipient);

  /** A message to one recipient, who called it spam. */
  DeliveryId complained(MemberId author, String recipient);

  /** A person orders another try of this one alone. */
  void retriedAlone(DeliveryId delivery);

  /** What is queued again is refused again. */
  void failedAgain(DeliveryId delivery, Cause cause);

  /** Its message has no content any more. */
  void contentPurged(DeliveryId delivery);

  DeliveryState state(DeliveryId delivery);
}
