package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.StuckMail;
import io.leverans.application.port.out.StuckMail.Patience;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Flow.Impeded;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiStuckMailTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final Patience THREE_DAYS = new Patience(Map.of(), Duration.ofDays(3));
  private static final Failure REFUSED = Failure.of(Cause.NETWORK_FAILURE, "Connection refused");

  private final StuckMail stuck = new JdbiStuckMail(DATABASE.jdbi());
  private final Sender sender = new Sender(DATABASE.store());

  private Lane lane() {
    return sender.readyLines().getFirst().lane();
  }

  private static ImpededLane impeded(Lane lane, Duration ago) {
    return new ImpededLane(
        lane, new Impeded(Impediment.OUT_OF_REACH, 9, REFUSED), Instant.now().minus(ago));
  }

  private int giveUp(Duration impededFor) {
    return stuck.giveUp(sender.team(), impeded(lane(), impededFor), THREE_DAYS, 100);
  }

  /** Accepts a message that has been tried for so long, and been ready. */
  private MessageId ready(String triedFor, String readyFor) {
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    age(
        """
        tried_since = now() - interval '%s', ready_at = now() - interval '%s'\
        """
            .formatted(triedFor, readyFor));
    return message;
  }

  private void age(String change) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE dispatch SET " + change + " WHERE team_id = ?", sender.team().value()));
  }

  @Test
  void what_was_behind_the_lane_for_the_whole_time_is_given_up_and_says_why() {
    MessageId message = ready("3 days 1 minute", "2 days");

    assertThat(giveUp(Duration.ofDays(2))).isEqualTo(1);

    var delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(delivery.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.cause()).isEqualTo(Cause.DELIVERY_EXPIRED);
              assertThat(failure.words())
                  .contains("0 attempts", "has not been reached since", "Connection refused");
            });
    assertThat(sender.messagesIn(Folder.FAILED)).containsExactly(message);
    assertThat(sender.told()).contains(EventKind.DELIVERY_FAILED);
    assertThat(sender.readyLines()).isEmpty();
    assertThat(sender.claim()).isEmpty();
  }

  @Test
  void what_has_time_left_is_not_given_up() {
    MessageId message = ready("2 days 23 hours", "2 days");

    assertThat(giveUp(Duration.ofDays(2))).isZero();

    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.QUEUED);
  }

  @Test
  void time_it_waited_for_its_turn_before_the_lane_was_impeded_does_not_count() {
    var _ = ready("4 days", "4 days");

    assertThat(giveUp(Duration.ofDays(1))).isZero();
    age("tried_since = tried_since - interval '2 days 1 minute'");
    assertThat(giveUp(Duration.ofDays(1))).isEqualTo(1);
  }

  @Test
  void time_it_waited_for_its_channel_does_not_count() {
    var _ = ready("4 days", "1 hour");
    age("waiting_since = now() - interval '2 days'");

    assertThat(giveUp(Duration.ofDays(1))).isZero();
    age("tried_since = tried_since - interval '1 day'");
    assertThat(giveUp(Duration.ofDays(1))).isEqualTo(1);
  }

  @Test
  void what_is_under_way_or_on_another_lane_or_anothers_is_left_alone() {
    Claim underWay = sender.claimNew();
    age("tried_since = now() - interval '9 days'");
    var other = new Sender(DATABASE.store());
    var _ = other.accept(other.mail("bo@example.com"));
    ImpededLane lane = impeded(underWay.dispatch().lane(), Duration.ofDays(9));

    assertThat(stuck.giveUp(sender.team(), lane, THREE_DAYS, 100)).isZero();
    assertThat(stuck.giveUp(other.team(), impeded(new Lane("x"), Duration.ZERO), THREE_DAYS, 100))
        .isZero();
    assertThat(other.claimOne()).isNotNull();
  }

  @Test
  void mail_is_tried_for_as_long_as_its_channel_says() {
    var _ = ready("4 days", "4 days");
    ImpededLane lane = impeded(lane(), Duration.ofDays(9));
    var another = new ChannelId(DATABASE.store().ids().next());
    Duration longer = Duration.ofDays(5);

    assertThat(stuck.giveUp(sender.team(), lane, patience(sender.channel(), longer), 100)).isZero();
    assertThat(stuck.giveUp(sender.team(), lane, patience(another, longer), 100)).isEqualTo(1);
  }

  private static Patience patience(ChannelId channel, Duration patience) {
    return new Patience(Map.of(channel, patience), THREE_DAYS.usual());
  }

  @Test
  void no_more_than_asked_for_is_given_up_at_once() {
    var _ = ready("9 days", "9 days");
    var _ = ready("9 days", "9 days");
    var _ = ready("9 days", "9 days");
    ImpededLane lane = impeded(lane(), Duration.ofDays(9));

    assertThat(stuck.giveUp(sender.team(), lane, THREE_DAYS, 2)).isEqualTo(2);
    assertThat(stuck.giveUp(sender.team(), lane, THREE_DAYS, 2)).isEqualTo(1);
  }

  @Test
  void teams_behind_a_lane_have_mail_that_is_ready_there() {
    var _ = ready("1 hour", "1 hour");
    Lane lane = lane();
    var idle = new Sender(DATABASE.store());

    assertThat(stuck.teamsBehind(lane)).contains(sender.team()).doesNotContain(idle.team());
    assertThat(stuck.teamsBehind(new Lane("to nobody"))).isEmpty();
  }

  @Test
  void a_probe_does_not_make_mail_younger_that_waited_behind_its_lane() {
    var _ = ready("5 days", "4 days");
    Map<Line, Integer> shares =
        sender.readyLines().stream().collect(Collectors.toMap(line -> line, _ -> 1));

    List<Claim> probes =
        DATABASE
            .store()
            .queue()
            .claim(
                sender.team(),
                new LeaseId(DATABASE.store().ids().next()),
                Sender.LEASE,
                shares,
                Map.of(lane(), Instant.now().minus(Duration.ofDays(3))))
            .claims();

    assertThat(probes)
        .singleElement()
        .satisfies(
            probe -> assertThat(probe.age()).isCloseTo(Duration.ofDays(4), Duration.ofMinutes(1)));
  }
}
