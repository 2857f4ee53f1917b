package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Identities.Creation;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Identity.Standing;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link Identities} promises. */
public interface IdentitiesContract extends StoreContract {
  Duration A_DAY = Duration.ofDays(1);
  ChoiceTerms NOTHING = new ChoiceTerms(new ChannelId(new UUID(0, 1)), Set.of());

  private Identities identities() {
    return store().identities();
  }

  @Test
  default void an_identity_is_given_back_as_it_was_made() {
    var sender = new Sender(store());
    NewIdentity made = pending(sender.admin(), "Astrid Ö <As.Trid@Other.example>");

    assertThat(identities().create(made, sender.terms())).isEqualTo(Creation.CREATED);

    Identity found = identities().find(sender.team(), made.id()).orElseThrow();
    assertThat(found.mailbox()).isEqualTo(made.mailbox());
    assertThat(found.member()).isEqualTo(sender.admin().id());
    assertThat(found.signature()).contains("-- \nAstrid");
    assertThat(found.channel()).isEqualTo(sender.channel());
    assertThat(found.verification()).isEqualTo(new Verification.Pending());
    assertThat(sender.told()).endsWith(EventKind.IDENTITY_CREATED);
    assertThat(identities().find(new Sender(store()).team(), made.id())).isEmpty();
  }

  @Test
  default void a_members_first_identity_is_their_default_also_when_two_are_made_at_once()
      throws Exception {
    Member member = newMember();
    var _ =
        atTheSameTime(
            4,
            which ->
                identities().create(pending(member, "me" + which + "@sender.example"), NOTHING));

    assertThat(identities().list(member.team()))
        .hasSize(4)
        .extracting(Identity::standing)
        .containsOnlyOnce(Standing.DEFAULT);
  }

  @Test
  default void a_member_has_an_address_once_whatever_its_case() {
    var sender = new Sender(store());
    Creation first = identities().create(pending(sender.admin(), "Me@two.example"), NOTHING);
    Creation second = identities().create(pending(sender.admin(), "mE@TWO.example"), NOTHING);

    assertThat(List.of(first, second)).containsExactly(Creation.CREATED, Creation.ADDRESS_TAKEN);
    assertThat(
            identities()
                .find(sender.team(), sender.admin().id(), EmailAddress.parse("ME@two.example")))
        .isPresent();
    assertThat(identities().list(sender.team())).hasSize(2);
  }

  @Test
  default void an_identity_that_is_vouched_for_is_verified_at_once() {
    var sender = new Sender(store());

    assertThat(identities().find(sender.team(), sender.identity()).orElseThrow().verification())
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  default void a_code_shows_whose_it_is_and_verifies_once() {
    var sender = new Sender(store());
    IdentityId id = create(sender);
    LinkCode code = newCode(sender.team());
    identities().replaceCode(id, code, A_DAY);

    assertThat(identities().findByCode(code)).map(Identity::id).contains(id);
    assertThat(identities().findByCode(code).orElseThrow().verification())
        .as("looking is not proving")
        .isInstanceOf(Verification.Pending.class);

    assertThat(identities().verify(code).orElseThrow().verification())
        .isInstanceOf(Verification.Verified.class);
    assertThat(identities().verify(code)).isEmpty();
    assertThat(identities().findByCode(code)).isEmpty();
    assertThat(sender.told()).endsWith(EventKind.IDENTITY_VERIFIED);
  }

  @Test
  default void a_code_used_at_the_same_time_verifies_once() throws Exception {
    var sender = new Sender(store());
    LinkCode code = newCode(sender.team());
    identities().replaceCode(create(sender), code, A_DAY);

    List<Optional<Identity>> answers = atTheSameTime(4, _ -> identities().verify(code));

    assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  default void an_earlier_code_stops_working_when_a_new_one_is_made() {
    var sender = new Sender(store());
    IdentityId id = create(sender);
    LinkCode first = newCode(sender.team());
    LinkCode second = newCode(sender.team());
    identities().replaceCode(id, first, A_DAY);
    identities().replaceCode(id, second, A_DAY);

    assertThat(identities().verify(first)).isEmpty();
    assertThat(identities().verify(second)).isPresent();
  }

  @Test
  default void a_code_whose_time_is_over_verifies_nothing() {
    var sender = new Sender(store());
    LinkCode code = newCode(sender.team());
    identities().replaceCode(create(sender), code, Duration.ZERO);

    assertThat(identities().findByCode(code)).isEmpty();
    assertThat(identities().verify(code)).isEmpty();
  }

  @Test
  default void a_code_counts_for_its_own_team_only() {
    var sender = new Sender(store());
    LinkCode code = newCode(sender.team());
    identities().replaceCode(create(sender), code, A_DAY);

    assertThat(identities().verify(new LinkCode(new Sender(store()).team(), code.secret())))
        .isEmpty();
  }

  private IdentityId create(Sender sender) {
    NewIdentity made = pending(sender.admin(), "pending@sender.example");
    assertThat(identities().create(made, sender.terms())).isEqualTo(Creation.CREATED);
    return made.id();
  }

  private LinkCode newCode(TeamId team) {
    return new LinkCode(team, store().ids().secret());
  }

  private Member newMember() {
    TeamId team = store().teams().nextNumber();
    var member = new Member(team, new MemberId(store().ids().next()), "Ny", Member.Role.ADMIN);
    store().teams().create(new Team(team, "New"), member);
    return member;
  }

  private NewIdentity pending(Member member, String mailbox) {
    return new NewIdentity(
        member.team(),
        new IdentityId(store().ids().next()),
        member.id(),
        Mailbox.parse(mailbox),
        Optional.of("-- \nAstrid"),
        Replies.TO_IDENTITY,
        NewIdentity.Proof.PENDING);
  }
}
