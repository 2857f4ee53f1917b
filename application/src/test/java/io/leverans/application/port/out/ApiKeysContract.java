package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leverans.application.port.out.ApiKeys.IssuedKey;
import io.leverans.application.port.out.ApiKeys.Revocation;
import io.leverans.application.view.ApiKeyView;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link ApiKeys} promises. */
public interface ApiKeysContract extends StoreContract {
  private ApiKeys apiKeys() {
    return store().apiKeys();
  }

  private IssuedKey issue(Member member) {
    return apiKeys().issue(member, "a test", Optional.empty());
  }

  private Member colleague(Sender sender) {
    var member =
        new Member(sender.team(), new MemberId(store().ids().next()), "Bo", Member.Role.MEMBER);
    assertThat(store().teams().add(member)).isEqualTo(Teams.Addition.ADDED);
    return member;
  }

  @Test
  default void a_key_acts_as_its_member_and_carries_the_teams_number() {
    var sender = new Sender(store());
    Member colleague = colleague(sender);

    IssuedKey key = issue(colleague);

    assertThat(key.clear()).contains("_" + sender.team().value() + "_").startsWith(key.prefix());
    assertThat(key.prefix().length()).isLessThan(key.clear().length() / 2);
    assertThat(apiKeys().find(key.clear())).contains(colleague);
  }

  @Test
  default void a_key_that_was_not_issued_is_nobodys() {
    var sender = new Sender(store());
    String key = issue(sender.admin()).clear();
    var other = new Sender(store());

    assertThat(apiKeys().find(key + "a")).isEmpty();
    assertThat(apiKeys().find("")).isEmpty();
    assertThat(
            apiKeys()
                .find(
                    key.replace(
                        "_" + sender.team().value() + "_", "_" + other.team().value() + "_")))
        .isEmpty();
  }

  @Test
  default void keys_are_listed_oldest_first_with_all_but_their_secret() {
    var sender = new Sender(store());
    Member colleague = colleague(sender);
    IssuedKey first = apiKeys().issue(sender.admin(), "the CRM", Optional.empty());
    IssuedKey second = apiKeys().issue(colleague, "a try", Optional.of(Duration.ofDays(1)));

    List<ApiKeyView> keys = apiKeys().list(sender.team());

    assertThat(keys)
        .extracting(ApiKeyView::prefix)
        .containsExactly(first.prefix(), second.prefix());
    ApiKeyView forEver = keys.getFirst();
    assertThat(forEver.member()).isEqualTo(sender.admin().id());
    assertThat(forEver.memberName()).isEqualTo(sender.admin().name());
    assertThat(forEver.label()).isEqualTo("the CRM");
    assertThat(forEver.createdAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(forEver.expiresAt()).isEmpty();
    assertThat(forEver.lastUsedAt()).isEmpty();
    ApiKeyView forADay = keys.getLast();
    assertThat(forADay.expiresAt()).contains(forADay.createdAt().plus(Duration.ofDays(1)));
    assertThat(keys.toString()).doesNotContain(first.clear()).doesNotContain(second.clear());
  }

  @Test
  default void a_teams_keys_are_not_among_anothers() {
    var sender = new Sender(store());
    IssuedKey key = issue(sender.admin());
    var other = new Sender(store());

    assertThat(apiKeys().list(other.team())).isEmpty();
    assertThat(apiKeys().revoke(other.team(), key.prefix())).isEqualTo(Revocation.UNKNOWN);
    assertThat(apiKeys().find(key.clear())).isPresent();
  }

  @Test
  default void an_expired_key_is_nobodys_and_still_listed() {
    var sender = new Sender(store());
    IssuedKey key =
        apiKeys().issue(sender.admin(), "", Optional.of(Duration.of(1, ChronoUnit.MICROS)));

    assertThat(apiKeys().find(key.clear())).isEmpty();
    assertThat(apiKeys().list(sender.team()))
        .extracting(ApiKeyView::prefix)
        .containsExactly(key.prefix());
  }

  @Test
  default void a_revoked_key_is_nobodys_at_once_and_the_others_stay() {
    var sender = new Sender(store());
    IssuedKey revoked = issue(sender.admin());
    IssuedKey kept = issue(sender.admin());
    assertThat(apiKeys().find(revoked.clear())).isPresent();

    assertThat(apiKeys().revoke(sender.team(), revoked.prefix())).isEqualTo(Revocation.REVOKED);

    assertThat(apiKeys().find(revoked.clear())).isEmpty();
    assertThat(apiKeys().find(kept.clear())).contains(sender.admin());
    assertThat(apiKeys().list(sender.team()))
        .extracting(ApiKeyView::prefix)
        .containsExactly(kept.prefix());
    assertThat(apiKeys().revoke(sender.team(), revoked.prefix())).isEqualTo(Revocation.UNKNOWN);
  }

  @Test
  default void the_keys_of_a_removed_member_open_nothing_and_are_not_listed() {
    var sender = new Sender(store());
    Member colleague = colleague(sender);
    IssuedKey key = issue(colleague);
    IssuedKey admins = issue(sender.admin());

    assertThat(store().teams().removeMember(sender.team(), colleague.id()))
        .isEqualTo(Teams.Removal.REMOVED);

    assertThat(apiKeys().find(key.clear())).isEmpty();
    assertThat(apiKeys().find(admins.clear())).contains(sender.admin());
    assertThat(apiKeys().list(sender.team()))
        .extracting(ApiKeyView::prefix)
        .containsExactly(admins.prefix());
  }

  @Test
  default void the_keys_of_a_removed_team_open_nothing() {
    var sender = new Sender(store());
    IssuedKey key = issue(sender.admin());

    assertThat(store().teams().remove(sender.team())).isEqualTo(Teams.Removal.REMOVED);

    assertThat(apiKeys().find(key.clear())).isEmpty();
    assertThat(apiKeys().list(sender.team())).isEmpty();
  }

  @Test
  default void that_a_key_was_used_is_noted_to_the_minute() {
    var sender = new Sender(store());
    IssuedKey used = issue(sender.admin());
    var _ = issue(sender.admin());

    assertThat(apiKeys().find(used.clear())).isPresent();

    List<ApiKeyView> keys = apiKeys().list(sender.team());
    Instant noted = keys.getFirst().lastUsedAt().orElseThrow();
    assertThat(noted).isEqualTo(noted.truncatedTo(ChronoUnit.MINUTES));
    assertThat(noted).isCloseTo(Instant.now(), within(2, ChronoUnit.MINUTES));
    assertThat(keys.getLast().lastUsedAt()).isEmpty();
  }
}
