package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Sender;
import io.leverans.application.service.Deployment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimDueMailServiceTest {
  private static final LeaseId NODE = new LeaseId(new UUID(0, 7));
  private static final EmailAddress BO = EmailAddress.parse("bo@example.com");

  private final Deployment deployment = new Deployment();
  private final List<ClaimDueMail.Failure> failures = new ArrayList<>();
  private final LeaseTerms terms = new LeaseTerms(NODE, Duration.ofSeconds(30));
  private final ClaimDueMailService service =
      new ClaimDueMailService(
          deployment.queue,
          deployment.lanes,
          new LaneTraffic(InstantSource.system(), () -> {}),
          terms,
          Sender.SCHEDULE,
          failures::add);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # backlog of three teams, at most, claimed of each
          100 100 100, 30, 10 10 10
          100 100 100, 10, 4 3 3
          1 100 100,   31, 1 15 15
          1 1 100,     31, 1 1 29
          100 1 1,     30, 10 1 1
          2 2 2,       30, 2 2 2
          100 100 100, 2,  1 1 0
          100 100 100, 1,  1 0 0
          """)
  void shares_out_over_the_teams(String backlog, int atMost, String expected) {
    int[] backlogs = numbers(backlog);
    IntStream.range(0, backlogs.length).forEach(team -> queue(team + 1, backlogs[team]));
    List<Claim> claims = service.claim(ClaimRequest.of(atMost));
    assertThat(IntStream.rangeClosed(1, backlogs.length).map(team -> countOf(team, claims)))
        .containsExactly(IntStream.of(numbers(expected)).boxed().toArray(Integer[]::new));
  }

  @Test
  void no_teams_backlog_keeps_another_teams_mail_waiting() {
    queue(1, 10_000);
    queue(2, 1);
    assertThat(service.claim(ClaimRequest.of(10)))
        .extracting(claim -> claim.dispatch().team().value())
        .contains(2L);
  }

  @Test
  void claims_for_this_node() {
    queue(1, 1);
    assertThat(service.claim(ClaimRequest.of(10))).extracting(Claim::lease).containsOnly(NODE);
  }

  @Test
  void claims_nothing_where_nothing_is_due() {
    assertThat(service.claim(ClaimRequest.of(10))).isEmpty();
  }

  @Test
  void renews_what_runs_and_does_not_ask_the_queue_for_nothing() {
    queue(1, 2);
    List<Claim> claims = service.claim(ClaimRequest.of(10));
    var renewal = new RenewLeasesService(deployment.queue, terms);
    renewal.renew(List.of());
    renewal.renew(claims);
    assertThat(deployment.queue.renewed()).isEqualTo(claims);
  }

  @Test
  void one_teams_trouble_holds_up_no_other_and_is_told() {
    queue(1, 2);
    queue(2, 2);
    queue(3, 2);
    deployment.queue.loseReachOf(new TeamId(2));

    List<Claim> claims = service.claim(ClaimRequest.of(10));

    assertThat(claims)
        .extracting(claim -> claim.dispatch().team())
        .containsExactly(new TeamId(1), new TeamId(1), new TeamId(3), new TeamId(3));
    assertThat(failures).extracting(ClaimDueMail.Failure::team).containsExactly(new TeamId(2));
  }

  @Test
  void where_several_teams_fail_what_is_claimed_goes_out_before_others_are_tried() {
    for (int team = 1; team <= 9; team++) {
      queue(team, 1);
    }
    List.of(2, 4, 6, 8).forEach(team -> deployment.queue.loseReachOf(new TeamId(team)));

    assertThat(service.claim(ClaimRequest.of(10)))
        .extracting(claim -> claim.dispatch().team().value())
        .containsExactly(1L, 3L, 5L);
    assertThat(failures).hasSize(3);
  }

  @Test
  void leases_of_all_other_teams_are_renewed_where_one_teams_cannot_be() {
    queue(1, 1);
    queue(2, 1);
    queue(3, 1);
    List<Claim> claims = service.claim(ClaimRequest.of(10));
    deployment.queue.loseReachOf(new TeamId(2));
    var renewal = new RenewLeasesService(deployment.queue, terms);

    assertThatThrownBy(() -> renewal.renew(claims)).hasMessageContaining("out of reach");
    assertThat(deployment.queue.renewed())
        .extracting(claim -> claim.dispatch().team())
        .containsExactlyInAnyOrder(new TeamId(1), new TeamId(3));
  }

  private static int countOf(int team, List<Claim> claims) {
    return (int) claims.stream().filter(claim -> claim.dispatch().team().value() == team).count();
  }

  private static int[] numbers(String text) {
    return List.of(text.split(" ", -1)).stream().mapToInt(Integer::parseInt).toArray();
  }

  private void queue(int team, int count) {
    IntStream.range(0, count).forEach(_ -> deployment.queue.add(due(new TeamId(team))));
  }

  private Claim due(TeamId team) {
    return new Claim(
        new Dispatch(
            team,
            new DispatchId(deployment.ids.next()),
            new MessageId(deployment.ids.next()),
            BO,
            Octets.of(new byte[] {1}),
            List.of(new Envelope(new DeliveryId(deployment.ids.next()), BO)),
            new Lane("example.com"),
            Optional.empty(),
            Optional.empty(),
            1,
            deployment.now()),
        deployment.platformChannel.id(),
        new LeaseId(deployment.ids.next()),
        0,
        Duration.ZERO);
  }
}
