package io.leverans.application.service.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.QueuePlaces.Place;
import io.leverans.application.port.out.QueuePlaces.Waiting;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Explanation;
import io.leverans.application.view.Explanation.Reason;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationsTest {
  private static final Lane LANE = new Lane("to example.com");
  private static final Failure BUSY =
      new Failure(
          Cause.RATE_LIMITED, "421 4.7.0 slow down", Optional.of("4.7.0"), Optional.empty());
  private static final Duration AGE = Duration.ofHours(5);

  private final Deployment deployment = new Deployment();
  private Instant now = deployment.now();
  private Optional<Instant> expires = Optional.empty();
  private Lane lane = LANE;
  private Providers providers = deployment.providers;
  private final DeliveryId delivery = new DeliveryId(new UUID(0, 9));

  private Explanation explain(DeliveryView view, Waiting waiting) {
    return explain(view, waiting, deployment.platformChannel.id());
  }

  private Explanation explain(DeliveryView view, Waiting waiting, ChannelId channel) {
    var place = new Place(Set.of(delivery), channel, lane, Urgency.PERSONAL, 2, AGE, waiting, now);
    return new Explanations(
            new OnePlace(place),
            deployment.channels,
            providers,
            deployment.lanes,
            RetrySchedules.ofAll(
                new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(2))),
            deployment::now)
        .of(message(view))
        .deliveries()
        .getFirst();
  }

  private record OnePlace(Place place) implements QueuePlaces {
    @Override
    public List<Place> of(TeamId team, MessageId message) {
      return List.of(place);
    }

    @Override
    public Optional<TeamId> teamOf(MessageId message) {
      throw new AssertionError("the team is known");
    }
  }

  private MessageView message(DeliveryView view) {
    return new MessageView(
        deployment.admin.team(),
        new MessageId(new UUID(0, 4)),
        Purpose.CORRESPONDENCE,
        Optional.empty(),
        Optional.of(deployment.platformChannel.id()),
        Mailbox.parse("anna@sender.example"),
        "Hello",
        Map.of(),
        new InternetMessageId("<1@mail.example.com>"),
        now,
        Optional.empty(),
        new Schedule(Optional.empty(), expires),
        100,
        Optional.empty(),
        Optional.empty(),
        List.of(view));
  }

  private Channel teamsChannel() {
    return deployment.connectTeamsChannel(Deployment.PAPER);
  }

  private DeliveryView in(DeliveryState state) {
    return in(state, Optional.empty());
  }

  private DeliveryView in(DeliveryState state, Optional<Failure> failure, AttemptView... attempts) {
    return new DeliveryView(
        delivery,
        new Recipient(Recipient.Role.TO, Mailbox.parse("bo@example.com")),
        state,
        Optional.empty(),
        failure,
        Optional.empty(),
        List.of(attempts),
        List.of());
  }

  private AttemptView ended(DeliveryFact fact) {
    return attempt(fact, Optional.of(now.minusSeconds(70)), Optional.of(now.minusSeconds(60)));
  }

  private AttemptView brokenOff() {
    return attempt(DeliveryFact.LEASE_LOST, Optional.empty(), Optional.empty());
  }

  private AttemptView brokenOffInDoubt() {
    return attempt(DeliveryFact.LEASE_LOST, Optional.of(now.minusSeconds(70)), Optional.empty());
  }

  private AttemptView handedBack() {
    return attempt(DeliveryFact.LEASE_LOST, Optional.empty(), Optional.of(now.minusSeconds(60)));
  }

  private AttemptView attempt(
      DeliveryFact fact, Optional<Instant> handedOverAt, Optional<Instant> endedAt) {
    return new AttemptView(
        1,
        now.minusSeconds(90),
        handedOverAt,
        endedAt,
        Optional.of(fact),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @Test
  void mail_that_waits_for_its_turn_says_on_which_lane_and_who_is_ahead() {
    var since = now.minusSeconds(3);
    Explanation line = explain(in(DeliveryState.QUEUED), new Waiting.ForTurn(since, 41));

    assertThat(line.reason()).isEqualTo(Reason.TURN);
    assertThat(line.words()).contains("41 of its sender are ahead of it");
    assertThat(line.lane()).contains(LANE);
    assertThat(line.since()).contains(since);
    assertThat(line.expected()).isEmpty();
    assertThat(line.givesUpAt()).contains(now.plus(Duration.ofDays(2)).minus(AGE));
  }

  @Test
  void mail_says_when_it_is_given_up_by_the_schedule_of_its_channel() {
    Channel own = teamsChannel();
    patient(own, Duration.ofDays(5));

    assertThat(explain(in(DeliveryState.QUEUED), new Waiting.ForTurn(now, 0), own.id()).givesUpAt())
        .contains(now.plus(Duration.ofDays(5)).minus(AGE));
  }

  @Test
  void mail_that_pauses_is_not_given_up_before_it_is_tried_again_though_its_time_be_over() {
    Channel own = teamsChannel();
    patient(own, Duration.ofHours(1));
    Instant due = now.plusSeconds(600);

    Explanation retry =
        explain(
            in(DeliveryState.QUEUED, Optional.of(BUSY), ended(DeliveryFact.DEFERRED)),
            new Waiting.ForTime(due),
            own.id());

    assertThat(retry.expected()).contains(due);
    assertThat(retry.givesUpAt()).contains(due);
  }

  private void patient(Channel channel, Duration end) {
    var schedule = new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), end);
    assertThat(
            deployment.channels.change(
                deployment.admin.team(),
                channel.id(),
                before -> before.retried(Optional.of(schedule))))
        .isPresent();
  }

  @Test
  void mail_that_expires_before_it_is_given_up_says_so() {
    expires = Optional.of(now.plusSeconds(60));

    assertThat(explain(in(DeliveryState.QUEUED), new Waiting.ForTurn(now, 0)).givesUpAt())
        .isEqualTo(expires);
  }

  @Test
  void mail_behind_a_pace_says_which_limits_hold_it_and_when_it_may_go() {
    var limit = new Limit(10, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "their docs");
    var pace = new Pace(List.of(limit));
    Channel own = teamsChannel();
    var _ =
        deployment.channels.change(
            deployment.admin.team(), own.id(), before -> before.paced(Optional.of(pace)));
    for (int i = 0; i < 10; i++) {
      var _ = deployment.lanes.take(LANE, pace, new Amount(1, 1), Duration.ZERO);
    }

    Explanation line = explain(in(DeliveryState.QUEUED), new Waiting.ForTurn(now, 25), own.id());

    assertThat(line.reason()).isEqualTo(Reason.PACE);
    assertThat(line.limits()).containsExactly(limit);
    assertThat(line.expected())
        .hasValueSatisfying(
            at -> assertThat(Duration.between(now, at)).isGreaterThan(Duration.ofHours(2)));
  }

  @Test
  void mail_on_a_lane_within_another_tells_of_the_one_that_opens_last() {
    var pigeon = new PigeonProvider();
    var limit = new Limit(1, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "the loft's");
    pigeon.limits = List.of(limit);
    pigeon.newcomer = Optional.of(EmailAddress.parse("anna@shop.example"));
    providers = new Providers(List.of(pigeon));
    Channel own = deployment.connectTeamsChannel(PigeonProvider.KIND);
    lane = pigeon.narrowed(LANE, pigeon.newcomer.get());
    var waiting = new Waiting.ForTurn(now, 0);

    assertThat(explain(in(DeliveryState.QUEUED), waiting, own.id()).lane()).contains(lane);

    var _ = deployment.lanes.take(LANE, new Pace(List.of(limit)), new Amount(1, 1), Duration.ZERO);
    Explanation closed = explain(in(DeliveryState.QUEUED), waiting, own.id());

    assertThat(closed.reason()).isEqualTo(Reason.PACE);
    assertThat(closed.lane()).contains(LANE);

    deployment.lanes.close(lane, Duration.ofHours(1).plusMillis(5));
    assertThat(explain(in(DeliveryState.QUEUED), waiting, own.id()).lane()).contains(LANE);
    assertThat(closed.expected()).contains(now.plus(Duration.ofHours(1)));
  }

  @Test
  void mail_behind_a_lane_in_trouble_says_what_was_met_and_when_one_is_tried_again() {
    deployment.lanes.tell(
        LANE,
        new LaneNews.Trouble(Impediment.SLOWED, BUSY, Optional.of(Duration.ofMinutes(5))),
        deployment.lanes.now());

    Explanation line = explain(in(DeliveryState.QUEUED), new Waiting.ForTurn(now, 0));

    assertThat(line.reason()).isEqualTo(Reason.LANE);
    assertThat(line.words()).contains("asked for less mail").contains(BUSY.words());
    assertThat(line.failure()).contains(BUSY);
    assertThat(line.expected()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"PT40H, PT30H", "PT20H, PT20H"})
  void the_time_that_mail_was_ready_behind_a_lane_in_trouble_counts_as_tried(
      Duration readyFor, Duration counts) {
    deployment.lanes.tell(
        LANE,
        new LaneNews.Trouble(Impediment.SLOWED, BUSY, Optional.empty()),
        deployment.lanes.now());
    now = deployment.lanes.now().plus(Duration.ofHours(30));

    assertThat(
            explain(in(DeliveryState.QUEUED), new Waiting.ForTurn(now.minus(readyFor), 0))
                .givesUpAt())
        .contains(now.plus(Duration.ofDays(2)).minus(AGE).minus(counts));
  }

  @Test
  void mail_that_was_refused_for_now_says_by_what_and_when_it_is_tried_again() {
    Instant due = now.plusSeconds(600);
    Explanation retry =
        explain(
            in(DeliveryState.QUEUED, Optional.of(BUSY), ended(DeliveryFact.DEFERRED)),
            new Waiting.ForTime(due));

    assertThat(retry.reason()).isEqualTo(Reason.RETRY);
    assertThat(retry.words()).contains("2 times").contains(BUSY.words());
    assertThat(retry.since()).contains(now.minusSeconds(60));
    assertThat(retry.expected()).contains(due);
    assertThat(retry.failure()).contains(BUSY);
  }

  @Test
  void mail_whose_attempts_break_off_says_so_and_when_it_is_tried_again() {
    Instant due = now.plusSeconds(600);
    Explanation broken =
        explain(
            in(
                DeliveryState.QUEUED,
                Optional.empty(),
                brokenOffInDoubt(),
                brokenOff(),
                handedBack(),
                brokenOff(),
                brokenOff()),
            new Waiting.ForTime(due));

    assertThat(broken.reason()).isEqualTo(Reason.RETRY);
    assertThat(broken.words()).contains("last 3 attempts broke off");
    assertThat(broken.expected()).contains(due);
    assertThat(broken.next()).contains("the log of the nodes");
  }

  @Test
  void mail_that_was_held_back_says_when_its_lane_opens_and_not_when_it_is_looked_at_again() {
    var limit = new Limit(1, Counted.MESSAGES, Duration.ofDays(1), Scope.CHANNEL, "their docs");
    var pace = new Pace(List.of(limit));
    Channel own = teamsChannel();
    var _ =
        deployment.channels.change(
            deployment.admin.team(), own.id(), before -> before.paced(Optional.of(pace)));
    var _ = deployment.lanes.take(LANE, pace, new Amount(1, 1), Duration.ZERO);

    Explanation held =
        explain(
            in(DeliveryState.QUEUED, Optional.of(BUSY), ended(DeliveryFact.HELD_BACK)),
            new Waiting.ForTime(now.plusSeconds(900)),
            own.id());

    assertThat(held.expected()).contains(now.plus(Duration.ofDays(1)));
  }

  @Test
  void mail_that_was_held_back_waits_for_the_pace_and_not_for_a_retry() {
    Explanation held =
        explain(
            in(DeliveryState.QUEUED, Optional.of(BUSY), ended(DeliveryFact.HELD_BACK)),
            new Waiting.ForTime(now.plusSeconds(5)));

    assertThat(held.reason()).isEqualTo(Reason.PACE);
    assertThat(held.expected()).contains(now.plusSeconds(5));
  }

  @Test
  void mail_whose_channel_is_at_fault_says_what_is_wrong_and_what_to_do() {
    var fault =
        new ChannelFault(
            Cause.CREDENTIALS_REFUSED, "535 no", "Connect it again.", Certainty.CERTAIN);
    Channel own = teamsChannel();
    var _ = deployment.channels.faulted(deployment.admin.team(), own, fault, Optional.empty());

    Explanation waiting =
        explain(in(DeliveryState.WAITING), new Waiting.ForChannel(now.minusSeconds(9)), own.id());

    assertThat(waiting.reason()).isEqualTo(Reason.CHANNEL);
    assertThat(waiting.words()).contains("535 no");
    assertThat(waiting.next()).startsWith("Connect it again.");
    assertThat(waiting.since()).contains(now.minusSeconds(9));
    assertThat(waiting.givesUpAt()).as("its clock stands still").isEmpty();
  }

  @Test
  void mail_whose_channel_is_gone_is_to_be_moved() {
    Explanation waiting =
        explain(
            in(DeliveryState.WAITING),
            new Waiting.ForChannel(now),
            new ChannelId(new UUID(0, 404)));

    assertThat(waiting.words()).isEqualTo("Its channel was removed.");
    assertThat(waiting.next()).contains("Move");
  }

  @Test
  void scheduled_mail_says_when_it_goes() {
    Instant due = now.plusSeconds(86_400);
    Explanation scheduled = explain(in(DeliveryState.SCHEDULED), new Waiting.ForTime(due));

    assertThat(scheduled.reason()).isEqualTo(Reason.SCHEDULED);
    assertThat(scheduled.expected()).contains(due);
  }

  @Test
  void what_is_under_way_says_what_follows_if_its_node_falls_silent() {
    var leased = new Waiting.ForAttempt(now.plusSeconds(30));

    assertThat(explain(in(DeliveryState.SENDING), leased).next()).contains("it is tried again");
    assertThat(explain(in(DeliveryState.HANDED_OVER), leased).next()).contains("it is in doubt");
  }

  @ParameterizedTest
  @EnumSource(DeliveryState.class)
  void every_state_is_explained_in_sentences(DeliveryState state) {
    Explanation explanation = explain(in(state), new Waiting.ForNothing());

    assertThat(explanation.state()).isEqualTo(state);
    assertThat(explanation.words()).endsWith(".");
    assertThat(explanation.next()).endsWith(".");
  }
}
