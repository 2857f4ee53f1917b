package io.leverans.application.service.message;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.service.author.Authors;
import io.leverans.application.service.composition.DispatchPlan;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.preflight.SendingObjections;
import io.leverans.application.view.PreflightPoint;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What it takes to move one waiting message to another channel, or why it cannot be moved. */
final class MovePlan {
  static final String UNDER_WAY = "It is being tried right now. Move it again in a minute.";

  private final Identities identities;
  private final MessagePolicy policy;
  private final DispatchPlan plan;
  private final Authors authors;
  private final SendingObjections objections;

  MovePlan(
      Identities identities,
      Ids ids,
      MessagePolicy policy,
      Authors authors,
      SendingObjections objections) {
    this.identities = identities;
    this.policy = policy;
    this.plan = new DispatchPlan(ids);
    this.authors = authors;
    this.objections = objections;
  }

  /** What is to be done with a message. */
  sealed interface Decision {
    record Move(MovedMessage moved) implements Decision {}

    record Stay(String why) implements Decision {}
  }

  /** Another channel, with its provider. */
  record Target(Channel channel, ChannelProvider provider) {}

  Decision decide(TeamId team, WaitingMessage message, ChannelId from, Target to) {
    if (message.identity().isEmpty()) {
      return new Decision.Stay(
          "Leverans itself wrote it, and writes only through the platform's channel.");
    }
    Optional<Identity> identity =
        message
            .identity()
            .flatMap(id -> identities.find(team, id))
            .filter(author -> to.channel().isOpenTo(author.member()));
    if (identity.isEmpty()) {
      return new Decision.Stay(
          "Its author may not send through that channel, which is somebody else's.");
    }
    Author author = authors.of(team, message.author(), identity.get().replies(), to.provider());
    return objection(message, to)
        .or(() -> refused(author, to))
        .<Decision>map(Decision.Stay::new)
        .orElseGet(() -> adopted(message, author, from, to));
  }

  /** Mail that would not be accepted for the channel is not moved there either. */
  private Optional<String> refused(Author author, Target to) {
    return objections.refused(author, to.channel(), to.provider()).map(PreflightPoint::words);
  }

  private static Optional<String> objection(WaitingMessage message, Target to) {
    if (message.left().isEmpty()) {
      return Optional.of(UNDER_WAY);
    }
    return grouping(to) == Grouping.WHOLE_MESSAGE && message.left().size() < message.recipients()
        ? Optional.of(
            "Some of its recipients have been tried already, and that channel sends a message to"
                + " all of them or to none.")
        : Optional.empty();
  }

  private static Grouping grouping(Target to) {
    return to.provider().capabilities(to.channel().settings()).grouping();
  }

  private Decision adopted(WaitingMessage message, Author author, ChannelId from, Target to) {
    Octets composed = to.provider().adopt(message.composed(), author, to.channel().settings());
    long limit = policy.largest(to.provider().capabilities(to.channel().settings()));
    if (composed.size() > limit) {
      return new Decision.Stay(
          "Composed for that channel it has %d octets, more than the %d allowed."
              .formatted(composed.size(), limit));
    }
    return new Decision.Move(
        new MovedMessage(
            message.id(),
            from,
            to.channel().id(),
            composed,
            author.domain().flatMap(AlignedDomain::returnPathHost),
            plan.dispatches(
                author.mailbox().address(), left(message), to.channel(), to.provider())));
  }

  private static List<PlannedDelivery> left(WaitingMessage message) {
    return message.left().entrySet().stream()
        .map(entry -> new PlannedDelivery(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(delivery -> delivery.id().value()))
        .toList();
  }
}
