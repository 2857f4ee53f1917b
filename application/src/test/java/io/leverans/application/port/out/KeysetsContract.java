package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Keysets.Outcome;
import io.leverans.application.port.out.Keysets.StoredKeyset;
import org.junit.jupiter.api.Test;

/** What {@link Keysets} promises. */
public interface KeysetsContract {
  /** With no keyset in it. */
  Keysets emptyKeysets();

  @Test
  default void there_is_none_at_first_and_only_version_1_may_be_that() {
    Keysets keysets = emptyKeysets();

    assertThat(keysets.read()).isEmpty();
    assertThat(keysets.replace(new StoredKeyset(2, "two"))).isEqualTo(Outcome.OUTDATED);
    assertThat(keysets.read()).isEmpty();
    assertThat(keysets.replace(new StoredKeyset(1, "{\"one\": \"ö\"}")))
        .isEqualTo(Outcome.REPLACED);
    assertThat(keysets.read()).contains(new StoredKeyset(1, "{\"one\": \"ö\"}"));
  }

  @Test
  default void a_version_follows_the_one_before_it_only() {
    Keysets keysets = emptyKeysets();
    assertThat(keysets.replace(new StoredKeyset(1, "one"))).isEqualTo(Outcome.REPLACED);
    assertThat(keysets.replace(new StoredKeyset(2, "two"))).isEqualTo(Outcome.REPLACED);

    assertThat(keysets.replace(new StoredKeyset(2, "other"))).isEqualTo(Outcome.OUTDATED);
    assertThat(keysets.replace(new StoredKeyset(1, "other"))).isEqualTo(Outcome.OUTDATED);
    assertThat(keysets.replace(new StoredKeyset(4, "other"))).isEqualTo(Outcome.OUTDATED);
    assertThat(keysets.read()).contains(new StoredKeyset(2, "two"));
  }

  @Test
  default void of_nodes_that_replace_at_once_one_succeeds() throws Exception {
    Keysets keysets = emptyKeysets();

    var first = atTheSameTime(4, node -> keysets.replace(new StoredKeyset(1, "by " + node)));
    var second = atTheSameTime(4, node -> keysets.replace(new StoredKeyset(2, "by " + node)));

    assertThat(first).containsOnlyOnce(Outcome.REPLACED);
    assertThat(second).containsOnlyOnce(Outcome.REPLACED);
    assertThat(keysets.read())
        .contains(new StoredKeyset(2, "by " + second.indexOf(Outcome.REPLACED)));
  }
}
