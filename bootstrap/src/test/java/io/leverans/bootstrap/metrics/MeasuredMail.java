package io.leverans.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.metrics.PoolStats;
import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.in.PurgeOldMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.Settlement;
import io.leverans.application.port.out.memory.MemoryMessages;
import io.leverans.application.port.out.memory.MemoryQueue;
import io.leverans.application.port.provider.Connections;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.Overview;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Mail that passes the edges of a node where it is measured. */
public final class MeasuredMail implements AutoCloseable {
  static final ChannelKind PIGEON = new ChannelKind("pigeon");

  private static final TeamId TEAM = new TeamId(17);
  private static final EmailAddress RECIPIENT = EmailAddress.parse("anna@example.com");

  final Meters meters = new Meters();
  final MemoryQueue stored = new MemoryQueue();
  final DispatchQueue queue;
  private final Messages messages;
  private final ChannelId channel = new ChannelId(UUID.randomUUID());

  public MeasuredMail() {
    this(new KindsOfChannels((_, _) -> Optional.of(PIGEON)));
  }

  MeasuredMail(KindsOfChannels kinds) {
    queue = meters.measured(stored, kinds);
    messages = meters.measured(new MemoryMessages(InstantSource.system()), kinds);
  }

  /** All that a node can measure has been measured once. */
  public static String scrapeOfEverything(Overview overview) {
    try (var mail = new MeasuredMail()) {
      var _ = mail.meters.ofPools().create("database", fullPool());
      mail.meters.attemptsAtMost(64);
      mail.meters.connections(PIGEON, () -> Optional.of(Connections.NONE));
      mail.meters.show(() -> overview).run();
      mail.accept();
      var _ = mail.meters.measuredClaims(_ -> List.of(mail.claim())).claim(ClaimRequest.of(1));
      mail.attempt(new Outcome.Accepted(Evidence.RELAY, "250 ok"));
      var _ =
          mail.meters.measuredPurge(() -> new PurgeOldMail.Result.Purged(Part.BODIES, 3)).purge();
      var _ = mail.meters.measuredGivingUp(() -> new GiveUpMail.Result(1)).giveUp();
      return mail.meters.scrape();
    }
  }

  private static PoolStats fullPool() {
    return new PoolStats(1000) {
      @Override
      protected void update() {
        maxConnections = 16;
        totalConnections = 16;
        activeConnections = 16;
        pendingThreads = 3;
      }
    };
  }

  void accept() {
    assertThat(messages.accept(mail())).isInstanceOf(Messages.Acceptance.Stored.class);
  }

  /** As the service does it: permission, then the end. */
  void attempt(Outcome outcome) {
    attempt(claim(), outcome, new NextStep.Settle(DeliveryFact.ACCEPTED));
  }

  void attempt(Claim claim, Outcome outcome, NextStep next) {
    DeliveryId delivery = claim.dispatch().envelopes().getFirst().delivery();
    CarryOutDispatch service =
        claimed -> {
          var _ = queue.permit(claimed, Set.of(delivery));
          var settlements = List.of(new Settlement(delivery, outcome, next));
          queue.settle(
              claimed,
              new AttemptReport(Map.of(delivery, outcome), Optional.empty(), List.of()),
              settlements);
          return settlements;
        };
    assertThat(meters.measuredAttempts(service).carryOut(claim)).hasSize(1);
  }

  Claim claim() {
    return claim(Duration.ZERO, 0);
  }

  Claim claim(Duration age, int deferrals) {
    var dispatch =
        new Dispatch(
            TEAM,
            new DispatchId(UUID.randomUUID()),
            new MessageId(UUID.randomUUID()),
            EmailAddress.parse("erik@northwind.example"),
            Octets.of(new byte[0]),
            List.of(new Envelope(new DeliveryId(UUID.randomUUID()), RECIPIENT)),
            new Lane("to example.com"),
            Optional.empty(),
            Optional.empty(),
            1,
            Instant.EPOCH);
    return new Claim(dispatch, channel, new LeaseId(UUID.randomUUID()), deferrals, age);
  }

  private NewMail mail() {
    var recipient = new Recipient(Recipient.Role.TO, Mailbox.of(RECIPIENT));
    UUID id = UUID.randomUUID();
    var message =
        new Message(
            TEAM,
            new MessageId(id),
            Purpose.SYSTEM,
            Optional.empty(),
            channel,
            Mailbox.parse("leverans@leverans.test"),
            List.of(recipient),
            Content.plain("Hello", "hello"),
            Map.of(),
            new InternetMessageId("<" + id + "@leverans.test>"),
            Instant.EPOCH);
    var planned = new PlannedDelivery(new DeliveryId(UUID.randomUUID()), recipient);
    return new NewMail(
        message,
        Urgency.PERSONAL,
        Schedule.AT_ONCE,
        Octets.of(new byte[] {1}),
        Optional.empty(),
        List.of(
            new PlannedDispatch(
                new DispatchId(UUID.randomUUID()), new Lane("to example.com"), List.of(planned))),
        Optional.empty());
  }

  @Override
  public void close() {
    meters.close();
  }
}
