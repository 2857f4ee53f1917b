package io.leverans.application.service.sending;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.Sender;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Unexpected;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Mail of one team in lines of its senders, and nodes that claim it. */
final class QueuedLines {
  private static final LeaseId NODE = new LeaseId(new UUID(0, 7));
  private static final TeamId TEAM = new TeamId(1);
  private static final EmailAddress BO = EmailAddress.parse("bo@example.com");

  final Deployment deployment = new Deployment();
  private final Map<DispatchId, Line> lines = new HashMap<>();

  static Line line(Lane lane, Urgency urgency, int sender) {
    return new Line(lane, urgency, Optional.of(new IdentityId(new UUID(1, sender))));
  }

  /** One that remembers by itself whose turn it is. */
  ClaimDueMailService node() {
    return node(new LaneTraffic(InstantSource.system(), () -> {}));
  }

  ClaimDueMailService node(LaneTraffic traffic) {
    return new ClaimDueMailService(
        deployment.queue,
        deployment.lanes,
        traffic,
        new LeaseTerms(NODE, Duration.ofSeconds(30)),
        Sender.SCHEDULE,
        Unexpected::failure);
  }

  void add(Line line, int count) {
    IntStream.range(0, count).forEach(_ -> add(line));
  }

  private void add(Line line) {
    var id = new DispatchId(deployment.ids.next());
    lines.put(id, line);
    deployment.queue.add(
        new Claim(
            new Dispatch(
                TEAM,
                id,
                new MessageId(deployment.ids.next()),
                BO,
                Octets.of(new byte[] {1}),
                List.of(new Envelope(new DeliveryId(deployment.ids.next()), BO)),
                line.lane(),
                Optional.empty(),
                Optional.empty(),
                1,
                deployment.now()),
            deployment.platformChannel.id(),
            NODE,
            0,
            Duration.ZERO),
        line);
  }

  /** The lines that a node's next claim is from. */
  List<Line> claim(ClaimDueMailService node, ClaimRequest request) {
    return node.claim(request).stream()
        .map(claim -> Optional.ofNullable(lines.get(claim.dispatch().id())).orElseThrow())
        .toList();
  }

  static Map<Line, Integer> counts(List<Line> served) {
    Map<Line, Integer> counts = new HashMap<>();
    served.forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts;
  }
}
