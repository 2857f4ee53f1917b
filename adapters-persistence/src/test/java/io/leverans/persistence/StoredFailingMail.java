package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.ChangedMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.FailingMail;
import io.leverans.application.port.out.Found;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.port.out.Teams;
import io.leverans.application.view.DeliveryView;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** A team whose mail does not arrive: each delivery goes the whole way to its end. */
final class StoredFailingMail implements FailingMail {
  private final Store store;
  private final Jdbi jdbi;
  private final Sender sender;
  private final Member member;
  private final Map<MemberId, IdentityId> identities = new HashMap<>();
  private final Map<DeliveryId, MessageId> messages = new HashMap<>();

  StoredFailingMail(DatabaseUnderTest database) {
    this(database.store(), database.jdbi());
  }

  StoredFailingMail(Store store, Jdbi jdbi) {
    this.store = store;
    this.jdbi = jdbi;
    this.sender = new Sender(store);
    this.member =
        new Member(sender.team(), new MemberId(store.ids().next()), "Bo", Member.Role.MEMBER);
    assertThat(store.teams().add(member)).isEqualTo(Teams.Addition.ADDED);
    identities.put(admin(), sender.identity());
    identities.put(member(), sender.identity(member(), "bo@sender.example"));
  }

  Sender sender() {
    return sender;
  }

  @Override
  public TeamId team() {
    return sender.team();
  }

  @Override
  public MemberId admin() {
    return sender.admin().id();
  }

  @Override
  public MemberId member() {
    return member.id();
  }

  @Override
  public IdentityId identityOf(MemberId author) {
    return Optional.ofNullable(identities.get(author)).orElseThrow();
  }

  @Override
  public ChannelId channel() {
    return sender.channel();
  }

  @Override
  public List<DeliveryId> failed(MemberId author, Cause cause, String... recipients) {
    Claim claim = claimed(author, sender.mailTogether(recipients));
    refuse(claim, cause);
    return claim.dispatch().envelopes().stream().map(envelope -> envelope.delivery()).toList();
  }

  private void refuse(Claim claim, Cause cause) {
    sender.settle(
        claim,
        new Outcome.Rejected(Failure.of(cause, "550 no")),
        new NextStep.Settle(DeliveryFact.REJECTED));
  }

  @Override
  public DeliveryId bounced(MemberId author, Cause cause, String recipient) {
    return reported(author, recipient, DeliveryFact.BOUNCE_REPORTED, cause);
  }

  @Override
  public DeliveryId complained(MemberId author, String recipient) {
    return reported(author, recipient, DeliveryFact.COMPLAINT_REPORTED, Cause.MARKED_AS_SPAM);
  }

  private DeliveryId reported(MemberId author, String recipient, DeliveryFact fact, Cause cause) {
    Claim claim = claimed(author, sender.mail(recipient));
    sender.deliver(claim);
    var link = new Link.Genuine(team(), Sender.only(claim));
    var verdict = new ReportVerdict.Moves(fact, Failure.of(cause, "550 no"));
    var _ =
        store
            .reports()
            .store(
                new IncomingReport(
                    new ChannelKind("somekind"),
                    "b.token@bounces.example",
                    link,
                    ReportKind.DELIVERY_STATUS,
                    Optional.empty(),
                    List.of(),
                    Octets.of(new byte[1])),
                List.of(Found.as(new ReportId(store.ids().next()), link, verdict)));
    return Sender.only(claim);
  }

  @Override
  public DeliveryId inDoubt(MemberId author, String recipient) {
    Claim claim = claimed(author, sender.mail(recipient));
    sender.handOver(claim);
    sender.settle(
        claim,
        new Outcome.InDoubt(Failure.of(Cause.NETWORK_FAILURE, "broken off")),
        new NextStep.Settle(DeliveryFact.ANSWER_LOST));
    return Sender.only(claim);
  }

  private Claim claimed(MemberId author, NewMail mail) {
    MessageId message = sender.accept(ChangedMail.from(identityOf(author), mail));
    Claim claim = claimed(message);
    claim.dispatch().envelopes().forEach(each -> messages.put(each.delivery(), message));
    return claim;
  }

  private Claim claimed(MessageId message) {
    return sender.claim().stream()
        .filter(claim -> claim.dispatch().message().equals(message))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void retriedAlone(DeliveryId delivery) {
    assertThat(
            store
                .messages()
                .apply(team(), messageOf(delivery), List.of(delivery), DeliveryFact.RETRY_ORDERED))
        .isEqualTo(1);
  }

  @Override
  public void failedAgain(DeliveryId delivery, Cause cause) {
    refuse(claimed(messageOf(delivery)), cause);
  }

  @Override
  public void contentPurged(DeliveryId delivery) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE message SET content_purged_at = now()
                     WHERE team_id = :team AND id = :message\
                    """)
                .bind("team", team().value())
                .bind("message", messageOf(delivery).value())
                .execute());
  }

  @Override
  public DeliveryState state(DeliveryId delivery) {
    return sender.read(messageOf(delivery)).deliveries().stream()
        .filter(view -> view.id().equals(delivery))
        .map(DeliveryView::state)
        .findFirst()
        .orElseThrow();
  }

  private MessageId messageOf(DeliveryId delivery) {
    return Optional.ofNullable(messages.get(delivery)).orElseThrow();
  }
}
