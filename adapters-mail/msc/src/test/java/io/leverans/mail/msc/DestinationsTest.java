package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.channel.Lane;
import io.leverans.mail.conversation.NameServers;
import io.leverans.mail.conversation.NameServers.Scope;
import io.leverans.mail.conversation.TestDns;
import io.leverans.mail.msc.MscSettings.IpVersions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {
  private final TestDns dns = new TestDns();
  private Instant now = TestWorld.NOW;
  private final Destinations destinations =
      new Destinations(
          new MxResolver(
              new NameServers(Optional.of(dns.address()), Duration.ofSeconds(2), Scope.DNS_ONLY),
              IpVersions.ANY,
              new Random()),
          clock());

  private InstantSource clock() {
    return () -> now;
  }

  @AfterEach
  void close() {
    dns.close();
  }

  @Test
  void all_domains_whose_mail_the_servers_of_one_owner_take_share_a_lane() {
    dns.with("customer.example", "MX 1 aspmx.l.google.com.", "MX 5 alt1.aspmx.l.google.com.")
        .with("gmail.com", "MX 5 gmail-smtp-in.l.google.com.")
        .with("older.example", "MX 1 aspmx2.googlemail.com.");

    for (String domain : List.of("customer.example", "gmail.com", "older.example")) {
      assertThat(destinations.laneOf(domain)).isEqualTo(new Lane("to " + domain));
      await().until(() -> destinations.laneOf(domain).equals(new Lane("to google.com")));
    }
  }

  @Test
  void a_domain_is_asked_for_again_after_an_hour_and_stays_where_it_was_until_then() {
    var _ = destinations.otherLane(new Lane("to x"), "moving.example", List.of("mx.first.com"));
    assertThat(destinations.laneOf("moving.example")).isEqualTo(new Lane("to first.com"));
    assertThat(dns.questions()).isEmpty();

    dns.with("moving.example", "MX 10 mx.second.com.");
    now = now.plus(Duration.ofMinutes(61));

    assertThat(destinations.laneOf("moving.example")).isEqualTo(new Lane("to first.com"));
    await().until(() -> destinations.laneOf("moving.example").equals(new Lane("to second.com")));
  }

  @Test
  void mail_of_a_new_sender_domain_is_rerouted_to_its_own_lane_there() {
    assertThat(
            destinations.otherLane(
                new Lane("to moving.example from shop.example"),
                "moving.example",
                List.of("mx.first.com")))
        .contains(new Lane("to first.com from shop.example"));
  }

  @Test
  void with_servers_of_several_owners_each_of_their_lanes_will_do() {
    List<String> hosts = List.of("mx.one.com", "mx.two.com");

    assertThat(destinations.otherLane(new Lane("to two.com"), "d.example", hosts)).isEmpty();
    assertThat(destinations.otherLane(new Lane("to one.com"), "d.example", hosts)).isEmpty();
    assertThat(destinations.otherLane(new Lane("to d.example"), "d.example", hosts))
        .contains(new Lane("to one.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "aspmx.l.google.com, google.com",
    "customer-org.mail.protection.outlook.com, outlook.com",
    "customer-org.a-v1.mx.microsoft, outlook.com",
    "mta5.am0.yahoodns.net, yahoo.com",
    "mx1.example.co.uk, example.co.uk",
    "example.com, example.com",
    "mx.corp.internal, corp.internal",
    "mx.internal, mx.internal",
    "192.0.2.1, 192.0.2.1"
  })
  void servers_belong_to_whoever_registered_their_name(String host, String owner) {
    assertThat(ServerOwners.load().of(host)).isEqualTo(owner);
  }
}
