package io.leverans.application.service.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.ListPlatformFaults.Result;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.application.port.out.memory.MemoryPlatformFaults;
import io.leverans.application.service.Deployment;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchPlatformServiceTest {
  private static final Failure NO_PTR =
      Failure.of(Cause.SENDER_DNS, "550 5.7.25 [192.0.2.1] has no PTR record");
  private static final Failure LISTED =
      Failure.of(Cause.REPUTATION_BLOCK, "554 5.7.1 192.0.2.1 is on a list");
  private static final EmailAddress OPERATOR = EmailAddress.parse("operator@elsewhere.example");

  private final Deployment deployment = new Deployment();
  private final MemoryPlatformFaults faults = new MemoryPlatformFaults();
  private final MetFaults met = new MetFaults();
  private final List<PlatformFault> heard = new ArrayList<>();
  private Optional<EmailAddress> address = Optional.of(OPERATOR);

  private int watch() {
    return service(faults).watch();
  }

  private WatchPlatformService service(PlatformFaults store) {
    return new WatchPlatformService(
        store,
        met,
        new OperatorsAddresses(address, deployment.teams, deployment.identities),
        deployment.systemMail(),
        heard::add);
  }

  private void meet(String place, Failure failure, int times) {
    for (int i = 0; i < times; i++) {
      met.met(place, failure);
    }
  }

  private List<NewMail> mails() {
    return deployment.messages.accepted();
  }

  private String lastText() {
    return mails().getLast().message().content().text().orElseThrow();
  }

  @Test
  void the_operator_is_told_at_once_by_event_and_mail_with_what_to_do() {
    meet("to google.com", NO_PTR, 3);

    assertThat(watch()).isEqualTo(1);

    NewMail mail = mails().getFirst();
    assertThat(mail.message().purpose()).isEqualTo(Purpose.SYSTEM);
    assertThat(mail.message().recipients())
        .extracting(Recipient::mailbox)
        .extracting(mailbox -> mailbox.address())
        .containsExactly(OPERATOR);
    assertThat(mail.message().content().subject()).contains("DNS records of the platform");
    assertThat(lastText())
        .contains("to google.com: 3 refusals", "192.0.2.1", "PTR record", "/v1/platform-faults");
    assertThat(faults.events())
        .singleElement()
        .satisfies(event -> assertThat(event.data()).containsEntry("place", "to google.com"));
    assertThat(heard).hasSize(1);
  }

  @Test
  void trouble_is_told_once() {
    meet("to google.com", NO_PTR, 1);
    assertThat(watch()).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      faults.pass(Duration.ofHours(1));
      meet("to google.com", NO_PTR, 1);
      assertThat(watch()).isZero();
    }

    assertThat(mails()).hasSize(1);
  }

  @Test
  void trouble_that_grew_tenfold_is_told_again() {
    meet("to google.com", NO_PTR, 2);
    assertThat(watch()).isEqualTo(1);
    faults.pass(Duration.ofHours(1));
    meet("to google.com", NO_PTR, 18);

    assertThat(watch()).isEqualTo(1);
    assertThat(lastText()).contains("20 refusals");
  }

  @Test
  void trouble_that_goes_on_after_a_day_and_trouble_that_came_back_is_told_again() {
    meet("to google.com", NO_PTR, 5);
    assertThat(watch()).isEqualTo(1);
    for (int hour = 0; hour < 24; hour++) {
      faults.pass(Duration.ofHours(1));
      meet("to google.com", NO_PTR, 1);
      assertThat(watch()).isEqualTo(hour == 23 ? 1 : 0);
    }
    faults.pass(Duration.ofHours(7));
    assertThat(watch()).isZero();
    meet("to google.com", NO_PTR, 1);
    assertThat(watch()).isEqualTo(1);

    assertThat(mails()).hasSize(3);
    assertThat(lastText()).contains("1 refusal,");
  }

  @Test
  void places_that_come_up_together_share_a_mail_and_each_has_its_event() {
    meet("to google.com", NO_PTR, 1);
    meet("to yahoo.com", NO_PTR, 9);
    meet("to outlook.com", LISTED, 1);

    assertThat(watch()).isEqualTo(3);

    assertThat(mails()).hasSize(2);
    assertThat(faults.events()).hasSize(3);
  }

  @Test
  void places_that_come_up_one_after_the_other_wait_for_some_minutes_and_are_not_forgotten() {
    meet("to google.com", NO_PTR, 1);
    assertThat(watch()).isEqualTo(1);
    meet("to yahoo.com", NO_PTR, 1);
    meet("to web.de", NO_PTR, 1);
    assertThat(watch()).isZero();
    faults.pass(Duration.ofMinutes(5));

    assertThat(watch()).isEqualTo(2);
    assertThat(lastText()).contains("to yahoo.com", "to web.de").doesNotContain("to google.com");
    assertThat(mails()).hasSize(2);
  }

  @Test
  void a_mail_has_room_for_twenty_places_and_counts_the_rest() {
    for (int i = 0; i < 23; i++) {
      meet("to " + i + ".example", NO_PTR, 1);
    }

    assertThat(watch()).isEqualTo(23);

    assertThat(mails()).hasSize(1);
    assertThat(lastText()).contains("The same at 3 more places");
  }

  @Test
  void a_node_that_died_before_its_note_does_not_make_the_mail_go_twice() {
    meet("to google.com", NO_PTR, 1);
    var forgetful =
        new Forwarding() {
          @Override
          public void told(PlatformFault fault) {
            throw new IllegalStateException("the node is gone");
          }
        };
    assertThatThrownBy(() -> service(forgetful).watch()).hasMessageContaining("gone");

    assertThat(watch()).isEqualTo(1);

    assertThat(mails()).hasSize(1);
    assertThat(faults.events()).hasSize(1);
  }

  @Test
  void what_cannot_be_written_down_now_is_written_down_later() {
    meet("to google.com", NO_PTR, 2);
    var broken =
        new Forwarding() {
          @Override
          public void met(Collection<Met> all) {
            throw new IllegalStateException("no database");
          }
        };
    assertThatThrownBy(() -> service(broken).watch()).hasMessageContaining("no database");

    assertThat(watch()).isEqualTo(1);
    assertThat(lastText()).contains("2 refusals");
  }

  @Test
  void without_an_address_of_their_own_the_admins_of_the_operators_team_are_written_to() {
    address = Optional.empty();
    meet("to google.com", NO_PTR, 1);
    assertThat(watch()).isEqualTo(1);
    assertThat(mails()).as("nobody has proved an address").isEmpty();
    assertThat(faults.events()).hasSize(1);

    var _ = deployment.verified(deployment.admin, "anna@example.com");
    meet("to yahoo.com", NO_PTR, 1);
    faults.pass(Duration.ofMinutes(6));
    assertThat(watch()).isEqualTo(1);
    assertThat(mails().getFirst().message().recipients().getFirst().mailbox().address())
        .hasToString("anna@example.com");
  }

  @Test
  void only_admins_of_the_operators_team_see_the_list() {
    meet("to google.com", NO_PTR, 1);
    assertThat(watch()).isEqualTo(1);
    var service = new ListPlatformFaultsService(faults);

    assertThat(deployment.admin.team()).isEqualTo(OperatorsAddresses.TEAM);
    assertThat(service.list(deployment.admin, 10))
        .isInstanceOfSatisfying(
            Result.Listed.class,
            listed ->
                assertThat(listed.faults().faults())
                    .extracting(PlatformFault::place)
                    .containsExactly("to google.com"));
    assertThat(service.list(deployment.member, 10)).isEqualTo(new Result.OperatorsOnly());
    assertThat(service.list(deployment.stranger, 10)).isEqualTo(new Result.OperatorsOnly());
  }

  private class Forwarding implements PlatformFaults {
    @Override
    public void met(Collection<Met> all) {
      faults.met(all);
    }

    @Override
    public Faults latest(int atMost) {
      return faults.latest(atMost);
    }

    @Override
    public void told(PlatformFault fault) {
      faults.told(fault);
    }

    @Override
    public void forget(Duration olderThan) {
      faults.forget(olderThan);
    }
  }
}
