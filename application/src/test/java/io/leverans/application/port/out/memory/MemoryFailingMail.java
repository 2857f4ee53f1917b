package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.FailingMail;
import io.leverans.application.port.out.memory.MemoryUndelivered.Delivery;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A team whose mail does not arrive, in memory. */
public final class MemoryFailingMail implements FailingMail {
  private static final AtomicLong TEAMS = new AtomicLong(100);

  private final MemoryUndelivered undelivered;
  private final InstantSource clock;
  private final TeamId team = new TeamId(TEAMS.incrementAndGet());
  private final MemberId admin = new MemberId(UUID.randomUUID());
  private final MemberId member = new MemberId(UUID.randomUUID());
  private final ChannelId channel = new ChannelId(UUID.randomUUID());

  public MemoryFailingMail(MemoryUndelivered undelivered, InstantSource clock) {
    this.undelivered = undelivered;
    this.clock = clock;
  }

  @Override
  public TeamId team() {
    return team;
  }

  @Override
  public MemberId admin() {
    return admin;
  }

  @Override
  public MemberId member() {
    return member;
  }

  @Override
  public IdentityId identityOf(MemberId author) {
    return new IdentityId(author.value());
  }

  @Override
  public ChannelId channel() {
    return channel;
  }

  @Override
  public List<DeliveryId> failed(MemberId author, Cause cause, String... recipients) {
    MessageId message = new MessageId(UUID.randomUUID());
    return Arrays.stream(recipients)
        .map(recipient -> put(message, author, cause, recipient, DeliveryState.FAILED))
        .toList();
  }

  @Override
  public DeliveryId bounced(MemberId author, Cause cause, String recipient) {
    return put(author, cause, recipient, DeliveryState.BOUNCED);
  }

  @Override
  public DeliveryId inDoubt(MemberId author, String recipient) {
    return put(author, Cause.NETWORK_FAILURE, recipient, DeliveryState.IN_DOUBT);
  }

  @Override
  public DeliveryId complained(MemberId author, String recipient) {
    return put(author, Cause.MARKED_AS_SPAM, recipient, DeliveryState.COMPLAINED);
  }

  private DeliveryId put(MemberId author, Cause cause, String recipient, DeliveryState state) {
    return put(new MessageId(UUID.randomUUID()), author, cause, recipient, state);
  }

  private DeliveryId put(
      MessageId message, MemberId author, Cause cause, String recipient, DeliveryState state) {
    DeliveryId id = new DeliveryId(UUID.randomUUID());
    undelivered.put(
        new Delivery(
            team,
            id,
            message,
            author,
            identityOf(author),
            channel,
            EmailAddress.parse(recipient),
            "sender.example",
            state,
            cause,
            clock.instant()));
    return id;
  }

  @Override
  public void retriedAlone(DeliveryId delivery) {
    Delivery found = undelivered.get(delivery);
    undelivered.put(
        found.in(
            Lifecycle.next(found.state(), DeliveryFact.RETRY_ORDERED).orElseThrow(),
            found.cause(),
            clock.instant()));
  }

  @Override
  public void failedAgain(DeliveryId delivery, Cause cause) {
    undelivered.put(undelivered.get(delivery).in(DeliveryState.FAILED, cause, clock.instant()));
  }

  @Override
  public void contentPurged(DeliveryId delivery) {
    undelivered.purge(delivery);
  }

  @Override
  public DeliveryState state(DeliveryId delivery) {
    return undelivered.get(delivery).state();
  }
}
