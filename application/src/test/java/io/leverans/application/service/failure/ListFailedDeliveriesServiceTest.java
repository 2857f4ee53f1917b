package io.leverans.application.service.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.ListFailedDeliveries;
import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.senderdomain.OwnDomains;
import io.leverans.application.service.senderdomain.RecordsToPublish;
import io.leverans.application.view.Caller;
import io.leverans.application.view.FailedAction;
import io.leverans.application.view.FailedAction.Lacking;
import io.leverans.application.view.FailedFilter;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedGroups.Apart;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedGroups.Group;
import io.leverans.application.view.FailedGroups.Share;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.FailedView;
import io.leverans.application.view.FailedView.ChannelTold;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.ExpectedRecord.Purpose;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.senderdomain.SenderDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListFailedDeliveriesServiceTest {
  private final OwnDomains own = new OwnDomains();
  private final Deployment deployment = own.deployment;
  private final List<FailedSelection> asked = new ArrayList<>();
  private List<String> senderDomains = List.of();
  private List<ChannelId> channels = List.of();
  private String key = "key";
  private Cause cause = Cause.MAILBOX_FULL;

  private final FailedDeliveries failed =
      (selection, _, _) -> {
        asked.add(selection);
        Instant now = deployment.now();
        var share = new Share(cause, 3, now, now, channels, senderDomains);
        return new FailedGroups(
            List.of(new Group(key, 3, 2, now, now, List.of(share))), 3, 0, new Apart(1, 2));
      };
  private final ListFailedDeliveries service =
      new ListFailedDeliveriesService(
          failed,
          deployment.channels,
          new RecordsToPublish(own.domains, OwnDomains.NAMES, own.checks),
          deployment::now);

  private FailedView list(Caller caller, By by, FailedFilter filter) {
    return service.list(new ListFailedDeliveries.Query(caller, filter, by, 10));
  }

  private FailedAction action() {
    return list(deployment.admin, By.CAUSE, filter(Optional.empty(), Optional.empty()))
        .groups()
        .getFirst()
        .causes()
        .getFirst()
        .action();
  }

  private static FailedFilter filter(Optional<Instant> since, Optional<Instant> until) {
    return new FailedFilter(
        since, until, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void without_a_beginning_the_window_is_of_30_days() {
    Instant until = Instant.parse("2026-10-01T00:00:00Z");
    var _ = list(deployment.admin, By.CAUSE, filter(Optional.empty(), Optional.empty()));
    var _ = list(deployment.admin, By.CAUSE, filter(Optional.empty(), Optional.of(until)));

    assertThat(asked).extracting(FailedSelection::until).containsExactly(deployment.now(), until);
    assertThat(asked)
        .extracting(FailedSelection::since)
        .containsExactly(
            deployment.now().minus(Duration.ofDays(30)), until.minus(Duration.ofDays(30)));
  }

  @Test
  void a_window_ends_after_its_beginning() {
    Optional<Instant> now = Optional.of(deployment.now());

    assertThatThrownBy(() -> filter(now, now)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_admin_asks_for_the_teams_mail_and_a_member_for_their_own() {
    var _ = list(deployment.admin, By.CAUSE, filter(Optional.empty(), Optional.empty()));
    var _ = list(deployment.member, By.CAUSE, filter(Optional.empty(), Optional.empty()));

    assertThat(asked)
        .extracting(FailedSelection::member)
        .containsExactly(Optional.empty(), Optional.of(deployment.member.member().id()));
  }

  @Test
  void what_is_counted_apart_is_told() {
    FailedView view = list(deployment.admin, By.CAUSE, filter(Optional.empty(), Optional.empty()));

    assertThat(view.apart()).isEqualTo(new Apart(1, 2));
  }

  @ParameterizedTest
  @EnumSource
  void every_cause_has_the_action_that_cures_it(Cause each) {
    cause = each;

    assertThat(action().cure()).isEqualTo(each.cure());
  }

  @Test
  void channels_to_be_mended_are_named() {
    cause = Cause.SENDER_REJECTED;
    channels = List.of(deployment.platformChannel.id());

    assertThat(action()).isEqualTo(new FailedAction.ReconnectChannel(channels));
  }

  @Test
  void a_domain_that_was_never_seen_to_work_lacks_its_required_records() {
    cause = Cause.AUTH_FAILURE;
    senderDomains = List.of("sales.acme.example");
    SenderDomain domain = own.added(deployment.admin, "acme.example");

    Lacking lacking = lacking();

    assertThat(lacking.name()).isEqualTo("sales.acme.example");
    assertThat(lacking.domain()).contains(domain.id());
    assertThat(lacking.records())
        .extracting(ExpectedRecord::purpose)
        .contains(Purpose.PROOF, Purpose.SIGNING_KEY);
    assertThat(lacking.records())
        .filteredOn(record -> record.purpose() == Purpose.SIGNING_KEY)
        .extracting(ExpectedRecord::value)
        .containsExactly(Optional.of(domain.keys().active().recordValue()));
  }

  @Test
  void of_a_domain_that_works_only_what_a_check_missed_is_to_be_published() {
    cause = Cause.AUTH_FAILURE;
    senderDomains = List.of("acme.example");
    SenderDomain domain = own.working(deployment.admin, "acme.example");
    assertThat(lacking().records())
        .extracting(ExpectedRecord::need)
        .doesNotContain(ExpectedRecord.Need.REQUIRED);

    var _ = own.dns.withdraw(OwnDomains.proofName(domain), RecordType.TXT);
    var _ = own.check(domain);

    assertThat(lacking().records())
        .filteredOn(record -> record.need() == ExpectedRecord.Need.REQUIRED)
        .extracting(ExpectedRecord::purpose)
        .containsExactly(Purpose.PROOF);
  }

  @Test
  void of_a_domain_that_is_none_of_the_teams_no_record_is_known() {
    cause = Cause.AUTH_FAILURE;
    senderDomains = List.of("elsewhere.example");
    var _ = own.added(deployment.stranger, "elsewhere.example");

    assertThat(lacking()).isEqualTo(new Lacking("elsewhere.example", Optional.empty(), List.of()));
  }

  private Lacking lacking() {
    FailedAction action = action();
    assertThat(action).isInstanceOf(FailedAction.PublishRecord.class);
    return ((FailedAction.PublishRecord) action).domains().getFirst();
  }

  @Test
  void a_channel_is_told_by_its_label_as_long_as_it_is_known() {
    key = deployment.platformChannel.id().value().toString();
    FailedFilter all = filter(Optional.empty(), Optional.empty());

    assertThat(list(deployment.admin, By.CHANNEL, all).groups().getFirst().channel())
        .map(ChannelTold::label)
        .contains("Platform");
    key = "00000000-0000-0000-0000-0000000000ff";
    assertThat(list(deployment.admin, By.CHANNEL, all).groups().getFirst().channel()).isEmpty();
    assertThat(list(deployment.admin, By.DOMAIN, all).groups().getFirst().channel()).isEmpty();
  }
}
