package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Teams} and {@link ApiKeys} promise. */
public interface TeamsContract extends StoreContract {
  @Test
  default void a_number_is_given_once() throws Exception {
    List<TeamId> numbers = atTheSameTime(8, _ -> store().teams().nextNumber());

    assertThat(numbers).doesNotHaveDuplicates();
  }

  @Test
  default void a_team_is_found_by_its_number() {
    var sender = new Sender(store());

    assertThat(store().teams().find(sender.team()))
        .contains(new Team(sender.team(), "Team " + sender.team().value()));
    assertThat(store().teams().find(store().teams().nextNumber())).isEmpty();
  }

  @Test
  default void a_key_acts_as_its_member_and_carries_the_teams_number() {
    var sender = new Sender(store());

    String key = store().apiKeys().issue(sender.admin(), "a test", Optional.empty()).clear();

    assertThat(key).contains("_" + sender.team().value() + "_");
    assertThat(store().apiKeys().find(key)).contains(sender.admin());
  }

  @Test
  default void a_key_that_was_not_issued_is_nobodys() {
    var sender = new Sender(store());
    String key = store().apiKeys().issue(sender.admin(), "a test", Optional.empty()).clear();
    var other = new Sender(store());

    assertThat(store().apiKeys().find(key + "a")).isEmpty();
    assertThat(store().apiKeys().find("")).isEmpty();
    assertThat(
            store()
                .apiKeys()
                .find(
                    key.replace(
                        "_" + sender.team().value() + "_", "_" + other.team().value() + "_")))
        .isEmpty();
  }
}
