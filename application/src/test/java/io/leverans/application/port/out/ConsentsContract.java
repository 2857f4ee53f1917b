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
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Consents} promises. */
public interface ConsentsContract {
  Duration VALID_FOR = Duration.ofMinutes(10);

  Consents consents();

  ApiKeys apiKeys();

  Ids ids();

  /** Of another team each time. */
  Member newAsker();

  private LinkCode code(TeamId team) {
    return new LinkCode(team, ids().secret());
  }

  private Consent consent(Member asker) {
    return new Consent(
        new ChannelId(ids().next()),
        Aim.CONNECT,
        new ChannelKind("kind-asking"),
        "Sales",
        new ChannelOwner.OfMember(asker.team(), asker.id()),
        new ChannelSettings(Map.of("read-access", "on")),
        new SealedSecrets("c2VhbGVk"),
        Optional.of(URI.create("https://crm.example/done?tab=2")));
  }

  private String key(Member asker) {
    return apiKeys().issue(asker, "a test", Optional.empty()).clear();
  }

  private Departure departure(TeamId team) {
    return new Departure(code(team), code(team), new SealedSecrets("b24gdGhlIHdheQ=="));
  }

  @Test
  default void a_consent_is_found_by_its_ticket_with_who_asks() {
    Member asker = newAsker();
    Consent consent = consent(asker);
    LinkCode ticket = code(asker.team());

    var _ = consents().begin(consent, ticket, key(asker), VALID_FOR);

    assertThat(consents().find(ticket)).contains(new Asked(consent, Optional.of(asker)));
    assertThat(consents().find(code(asker.team()))).isEmpty();
    assertThat(consents().find(new LinkCode(newAsker().team(), ticket.secret()))).isEmpty();
  }

  @Test
  default void a_consent_ends_with_its_time() {
    Member asker = newAsker();
    LinkCode ticket = code(asker.team());

    var _ = consents().begin(consent(asker), ticket, key(asker), Duration.ZERO);

    assertThat(consents().find(ticket)).isEmpty();
    assertThat(consents().depart(ticket, departure(asker.team()))).isEqualTo(Departed.GONE);
  }

  @Test
  default void a_consent_comes_back_once_and_in_its_browser_only() {
    Member asker = newAsker();
    LinkCode ticket = code(asker.team());
    Departure departure = departure(asker.team());
    var _ = consents().begin(consent(asker), ticket, key(asker), VALID_FOR);
    assertThat(consents().depart(ticket, departure)).isEqualTo(Departed.NOTED);

    assertThat(consents().conclude(departure.state(), code(asker.team()))).isEmpty();
    assertThat(consents().conclude(code(asker.team()), departure.browser())).isEmpty();

    assertThat(consents().conclude(departure.state(), departure.browser()))
        .map(asked -> asked.consent().secrets())
        .contains(departure.secrets());
    assertThat(consents().conclude(departure.state(), departure.browser())).isEmpty();
    assertThat(consents().find(ticket)).isEmpty();
  }

  @Test
  default void of_two_answers_at_once_one_counts() throws Exception {
    Member asker = newAsker();
    LinkCode ticket = code(asker.team());
    Departure departure = departure(asker.team());
    var _ = consents().begin(consent(asker), ticket, key(asker), VALID_FOR);
    var _ = consents().depart(ticket, departure);

    List<Optional<Asked>> answers =
        Race.atTheSameTime(4, _ -> consents().conclude(departure.state(), departure.browser()));

    assertThat(answers.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  default void who_sets_out_again_voids_the_first_departure() {
    Member asker = newAsker();
    LinkCode ticket = code(asker.team());
    Departure first = departure(asker.team());
    Departure second = departure(asker.team());
    var _ = consents().begin(consent(asker), ticket, key(asker), VALID_FOR);
    var _ = consents().depart(ticket, first);
    var _ = consents().depart(ticket, second);

    assertThat(consents().conclude(first.state(), first.browser())).isEmpty();
    assertThat(consents().conclude(second.state(), second.browser())).isPresent();
  }

  @Test
  default void nobody_asks_any_more_once_the_key_is_taken_back() {
    Member asker = newAsker();
    var key = apiKeys().issue(asker, "a test", Optional.empty());
    LinkCode ticket = code(asker.team());
    Consent consent = consent(asker);
    var _ = consents().begin(consent, ticket, key.clear(), VALID_FOR);

    assertThat(apiKeys().revoke(asker.team(), key.prefix())).isEqualTo(ApiKeys.Revocation.REVOKED);

    assertThat(consents().find(ticket)).contains(new Asked(consent, Optional.empty()));
  }

  @Test
  default void what_has_ended_is_cleared_away_and_nothing_else() {
    Member asker = newAsker();
    LinkCode ticket = code(asker.team());
    var _ = consents().begin(consent(asker), ticket, key(asker), VALID_FOR);
    Member late = newAsker();
    var _ = consents().begin(consent(late), code(late.team()), key(late), Duration.ZERO);

    assertThat(consents().clearEnded()).isPositive();

    assertThat(consents().clearEnded()).isZero();
    assertThat(consents().find(ticket)).isPresent();
  }

  @Test
  default void what_asks_for_a_channel_is_cleared_away_with_it() {
    Member asker = newAsker();
    Consent consent = consent(asker);
    LinkCode ticket = code(asker.team());
    LinkCode again = code(asker.team());
    LinkCode another = code(asker.team());
    var _ = consents().begin(consent, ticket, key(asker), VALID_FOR);
    var _ = consents().begin(consent, again, key(asker), VALID_FOR);
    var _ = consents().begin(consent(asker), another, key(asker), VALID_FOR);

    consents().clear(asker.team(), consent.channel());

    assertThat(consents().find(ticket)).isEmpty();
    assertThat(consents().find(again)).isEmpty();
    assertThat(consents().find(another)).isPresent();
  }

  @Test
  default void all_of_them_are_cleared_away_at_once() {
    Member asker = newAsker();
    LinkCode ticket = code(asker.team());
    var _ = consents().begin(consent(asker), ticket, key(asker), VALID_FOR);

    assertThat(consents().clearAll()).isPositive();

    assertThat(consents().find(ticket)).isEmpty();
    assertThat(consents().clearAll()).isZero();
  }
}
