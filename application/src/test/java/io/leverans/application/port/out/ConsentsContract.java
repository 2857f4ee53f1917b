package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Consents.Aim;
import io.leverans.application.port.out.Consents.Asked;
import io.leverans.application.port.out.Consents.Consent;
import io.leverans.application.port.out.Consents.Departed;
import io.leverans.application.port.out.Consents.Departure;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Consents} promises. */
public interface ConsentsContract extends StoreContract {
  Duration VALID_FOR = Duration.ofMinutes(10);

  private Consents consents() {
    return store().consents();
  }

  private LinkCode code(TeamId team) {
    return new LinkCode(team, store().ids().secret());
  }

  private Consent consent(Sender sender) {
    return new Consent(
        new ChannelId(store().ids().next()),
        Aim.CONNECT,
        new ChannelKind("kind-asking"),
        "Sales",
        new ChannelOwner.OfMember(sender.team(), sender.admin().id()),
        new ChannelSettings(Map.of("read-access", "on")),
        new SealedSecrets("c2VhbGVk"),
        Optional.of(URI.create("https://crm.example/done?tab=2")));
  }

  private String key(Sender sender) {
    return store().apiKeys().issue(sender.admin(), "a test", Optional.empty()).clear();
  }

  private Departure departure(TeamId team) {
    return new Departure(code(team), code(team), new SealedSecrets("b24gdGhlIHdheQ=="));
  }

  @Test
  default void a_consent_is_found_by_its_ticket_with_who_asks() {
    var sender = new Sender(store());
    Consent consent = consent(sender);
    LinkCode ticket = code(sender.team());

    var _ = consents().begin(consent, ticket, key(sender), VALID_FOR);

    assertThat(consents().find(ticket)).contains(new Asked(consent, Optional.of(sender.admin())));
    assertThat(consents().find(code(sender.team()))).isEmpty();
    assertThat(consents().find(new LinkCode(new Sender(store()).team(), ticket.secret())))
        .isEmpty();
  }

  @Test
  default void a_consent_ends_with_its_time() {
    var sender = new Sender(store());
    LinkCode ticket = code(sender.team());

    var _ = consents().begin(consent(sender), ticket, key(sender), Duration.ZERO);

    assertThat(consents().find(ticket)).isEmpty();
    assertThat(consents().depart(ticket, departure(sender.team()))).isEqualTo(Departed.GONE);
  }

  @Test
  default void a_consent_comes_back_once_and_in_its_browser_only() {
    var sender = new Sender(store());
    LinkCode ticket = code(sender.team());
    Departure departure = departure(sender.team());
    var _ = consents().begin(consent(sender), ticket, key(sender), VALID_FOR);
    assertThat(consents().depart(ticket, departure)).isEqualTo(Departed.NOTED);

    assertThat(consents().conclude(departure.state(), code(sender.team()))).isEmpty();
    assertThat(consents().conclude(code(sender.team()), departure.browser())).isEmpty();

    assertThat(consents().conclude(departure.state(), departure.browser()))
        .map(asked -> asked.consent().secrets())
        .contains(departure.secrets());
    assertThat(consents().conclude(departure.state(), departure.browser())).isEmpty();
    assertThat(consents().find(ticket)).isEmpty();
  }

  @Test
  default void of_two_answers_at_once_one_counts() throws Exception {
    var sender = new Sender(store());
    LinkCode ticket = code(sender.team());
    Departure departure = departure(sender.team());
    var _ = consents().begin(consent(sender), ticket, key(sender), VALID_FOR);
    var _ = consents().depart(ticket, departure);

    List<Optional<Asked>> answers =
        Race.atTheSameTime(4, _ -> consents().conclude(departure.state(), departure.browser()));

    assertThat(answers.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  default void who_sets_out_again_voids_the_first_departure() {
    var sender = new Sender(store());
    LinkCode ticket = code(sender.team());
    Departure first = departure(sender.team());
    Departure second = departure(sender.team());
    var _ = consents().begin(consent(sender), ticket, key(sender), VALID_FOR);
    var _ = consents().depart(ticket, first);
    var _ = consents().depart(ticket, second);

    assertThat(consents().conclude(first.state(), first.browser())).isEmpty();
    assertThat(consents().conclude(second.state(), second.browser())).isPresent();
  }

  @Test
  default void nobody_asks_any_more_once_the_key_is_taken_back() {
    var sender = new Sender(store());
    var key = store().apiKeys().issue(sender.admin(), "a test", Optional.empty());
    LinkCode ticket = code(sender.team());
    Consent consent = consent(sender);
    var _ = consents().begin(consent, ticket, key.clear(), VALID_FOR);

    assertThat(store().apiKeys().revoke(sender.team(), key.prefix()))
        .isEqualTo(ApiKeys.Revocation.REVOKED);

    assertThat(consents().find(ticket)).contains(new Asked(consent, Optional.empty()));
  }
}
