package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DnsRecord;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MscProviderTest {
  private final TestWorld world = new TestWorld();

  @Test
  void it_is_found_by_the_service_loader() {
    assertThat(ServiceLoader.load(ChannelProviderFactory.class))
        .anyMatch(factory -> factory.kind().name().equals("msc"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          author@customer.test,   mail.test
          author@mail.test,
          author@team.mail.test,
          author@xmail.test,      mail.test
          """)
  void via_is_shown_unless_the_author_is_of_the_platforms_domain(String author, String via) {
    try (MscProvider provider = world.provider()) {
      var presentation =
          provider.present(Author.of(Mailbox.of(EmailAddress.parse(author))), ChannelSettings.NONE);
      assertThat(presentation.viaDomain().orElse(null)).isEqualTo(via);
      assertThat(presentation.from().address()).isEqualTo(EmailAddress.parse(author));
    }
  }

  @Test
  void a_lane_is_the_destination_or_the_smart_host() {
    try (MscProvider direct = world.provider();
        MscProvider relayed = world.provider("smart-host", "relay.test:587")) {
      var recipients = List.of(EmailAddress.parse("anna@Bücher.example"));
      assertThat(direct.lane(recipients, TestWorld.PLATFORMS))
          .isEqualTo(new Lane("to xn--bcher-kva.example"));
      assertThat(relayed.lane(recipients, TestWorld.PLATFORMS))
          .isEqualTo(new Lane("through relay.test:587"));
    }
  }

  @Test
  void a_lanes_pace_is_its_destinations() {
    try (MscProvider provider =
        world.provider("destination-pace", "20 in 1s; orange.fr: 2 in 1s, 5000 in 1d")) {
      assertThat(provider.limits(new Lane("to example.com"), ChannelSettings.NONE))
          .extracting(Limit::atMost)
          .containsExactly(20);
      assertThat(provider.limits(new Lane("to orange.fr"), ChannelSettings.NONE))
          .extracting(Limit::atMost)
          .containsExactly(2, 5000);
      assertThat(provider.limits(new Lane("through relay.test"), ChannelSettings.NONE)).isEmpty();
      assertThat(provider.capabilities(ChannelSettings.NONE).limits())
          .extracting(Limit::atMost)
          .containsExactly(20);
    }
  }

  @Test
  void a_smart_host_is_the_one_destination_whose_pace_is_kept() {
    try (MscProvider provider =
        world.provider("smart-host", "relay.test", "destination-pace", "14 in 1s")) {
      Lane lane = provider.lane(List.of(EmailAddress.parse("bo@example.com")), TestWorld.PLATFORMS);

      assertThat(provider.limits(lane, ChannelSettings.NONE))
          .extracting(Limit::atMost)
          .containsExactly(14);
    }
    assertThatThrownBy(
            () ->
                world.provider(
                    "smart-host", "relay.test", "destination-pace", "20 in 1s; orange.fr: 2 in 1s"))
        .hasMessageContaining("which a smart host alone speaks with; leave the pace")
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            refused -> assertThat(refused.key()).isEqualTo("destination-pace"));
  }

  @Test
  void as_many_attempts_speak_on_a_lane_as_there_are_connections_to_a_destination() {
    try (MscProvider provider = world.provider("connections-per-destination", "7")) {
      assertThat(provider.conversations(ChannelSettings.NONE)).hasValue(7);
    }
  }

  @Test
  void new_servers_send_little_to_a_destination_and_more_each_day() {
    try (MscProvider provider = world.provider("warm-up", "2026-11-22")) {
      assertThat(provider.limits(new Lane("to example.com"), ChannelSettings.NONE))
          .containsExactly(
              new Limit(
                  200,
                  Limit.Counted.MESSAGES,
                  Duration.ofDays(1),
                  Limit.Scope.DESTINATION,
                  "msc.warm-up: day 3 of 12"));
    }
    try (MscProvider provider = world.provider("warm-up", "2026-11-12")) {
      assertThat(provider.limits(new Lane("to example.com"), ChannelSettings.NONE)).isEmpty();
    }
  }

  @Test
  void mail_of_a_new_sender_domain_travels_on_a_lane_of_its_own_within_the_destinations() {
    try (MscProvider provider =
        world.provider(
            "destination-pace", "20 in 1s", "warm-up-domains", "shop.example: 2026-11-22")) {
      Lane everybodys = new Lane("to example.com");
      Lane own = provider.narrowed(everybodys, EmailAddress.parse("anna@shop.example"));

      assertThat(provider.narrowed(everybodys, EmailAddress.parse("bo@mail.shop.example")))
          .isEqualTo(own);
      assertThat(provider.narrowed(everybodys, EmailAddress.parse("cy@old-shop.example")))
          .isEqualTo(everybodys);
      assertThat(provider.limits(own, ChannelSettings.NONE))
          .containsExactly(
              new Limit(
                  200,
                  Limit.Counted.MESSAGES,
                  Duration.ofDays(1),
                  Limit.Scope.DESTINATION,
                  "msc.warm-up-domains, shop.example: day 3 of 12"));
      assertThat(provider.around(own)).contains(everybodys);
      assertThat(provider.around(everybodys)).isEmpty();
    }
  }

  @Test
  void what_is_below_a_new_sender_domain_may_be_newer_still() {
    try (MscProvider provider =
        world.provider(
            "warm-up-domains", "shop.example: 2026-11-20; news.shop.example: 2026-11-24")) {
      Lane lane = new Lane("to example.com");

      assertThat(provider.narrowed(lane, EmailAddress.parse("a@news.shop.example")).name())
          .isEqualTo("to example.com from news.shop.example");
      assertThat(provider.narrowed(lane, EmailAddress.parse("a@shop.example")).name())
          .isEqualTo("to example.com from shop.example");
    }
  }

  @Test
  void what_is_below_a_new_sender_domain_may_be_known_long_since() {
    try (MscProvider provider =
        world.provider(
            "warm-up-domains", "shop.example: 2026-11-20; news.shop.example: 2026-01-01")) {
      Lane lane = new Lane("to example.com");

      assertThat(provider.narrowed(lane, EmailAddress.parse("a@news.shop.example")))
          .isEqualTo(lane);
    }
  }

  @Test
  void a_sender_domain_is_known_after_twelve_days_and_what_still_waits_has_no_pace_of_its_own() {
    try (MscProvider provider = world.provider("warm-up-domains", "shop.example: 2026-11-12")) {
      Lane lane = new Lane("to example.com");

      assertThat(provider.narrowed(lane, EmailAddress.parse("anna@shop.example"))).isEqualTo(lane);
      assertThat(
              provider.limits(new Lane("to example.com from shop.example"), ChannelSettings.NONE))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          destination-pace | twenty a second          | is not a limit such as 20 in 1s or 5000 in 1d
          destination-pace | 0 in 1s                  | a limit lets something pass in some time
          destination-pace | 20 in 1y                 | is not a duration such as 30s, 5m, 4h or 2d
          destination-pace | ora nge.fr: 2 in 1s      | is not a domain
          warm-up          | next week                | is not a day such as 2026-11-29
          warm-up-domains  | shop.example             | is not a domain and its first day, as shop.example: 2026-11-29
          warm-up-domains  | sh op.example: 2026-11-29| is not a domain name
          warm-up-domains  | b.example: 2026-11-24; b.example: 2026-11-25 | is named twice
          warm-up-domains  | shop.example: next week  | is not a day such as 2026-11-29
          """)
  void what_is_no_pace_is_refused_with_its_name(String key, String text, String words) {
    assertThatThrownBy(() -> world.provider(key, text))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            InvalidSettingException.class, refused -> assertThat(refused.key()).isEqualTo(key));
  }

  @Test
  void a_smart_hosts_word_is_a_relays() {
    try (MscProvider direct = world.provider();
        MscProvider relayed = world.provider("smart-host", "relay.test")) {
      assertThat(direct.capabilities(ChannelSettings.NONE).acceptedMeans())
          .isEqualTo(Evidence.RECIPIENTS_SERVER);
      assertThat(relayed.capabilities(ChannelSettings.NONE).acceptedMeans())
          .isEqualTo(Evidence.RELAY);
    }
  }

  @Test
  void the_operator_is_told_what_to_publish() {
    try (MscProvider provider =
        world.provider("dkim", "on", "dkim-selector", "s1", "hostname", "out.mail.test")) {
      assertThat(provider.setup().stream().map(SetupStep::records).flatMap(List::stream))
          .contains(
              new DnsRecord("mail.test", DnsRecord.Type.TXT, "v=spf1 a:out.mail.test -all"),
              new DnsRecord("mail.test", DnsRecord.Type.MX, "10 out.mail.test."))
          .anySatisfy(
              record -> {
                assertThat(record.name()).isEqualTo("s1._domainkey.mail.test");
                assertThat(record.value()).startsWith("v=DKIM1;");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"abuse, abuse@mail.test", "FBL.in, fbl.in@mail.test"})
  void the_operator_is_told_which_address_to_register_for_complaints(
      String setting, String address) {
    try (MscProvider provider = world.provider("complaints", setting)) {
      assertThat(provider.setup())
          .filteredOn(step -> step.title().equals("Feedback loops"))
          .singleElement()
          .satisfies(step -> assertThat(step.why()).contains(address, "JMRP", "Yahoo"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          domain                      | localhost
          domain                      | mail test
          hostname                    | -x.test
          port                        | 0
          port                        | smtp
          smart-host                  | a:b:c
          smart-host                  | relay.test:0
          dns-server                  | 127.0.0.1:99999
          ip-versions                 | ipv6
          dkim                        | yes
          dkim-selector               | Über
          connect-timeout             | 0s
          command-timeout             | soon
          connections-per-destination | 0
          messages-per-connection     | none
          bounce-listen               | here:there
          bounce-listen               | no-such-host.invalid:25
          bounce-connections          | -1
          report-size                 | 1
          report-size                 | 1 TB
          complaints                  | fbl@mail.test
          complaints                  | f b l
          complaints                  | .fbl
          """)
  void a_setting_that_cannot_be_used_is_named(String key, String value) {
    String[] settings =
        key.equals("dkim-selector")
            ? new String[] {key, value, "dkim", "on"}
            : new String[] {key, value};
    assertThatThrownBy(() -> world.provider(settings))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }
}
