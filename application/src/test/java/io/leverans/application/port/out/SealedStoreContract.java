package io.leverans.application.port.out;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.SealedStore.Entry;
import io.leverans.application.port.out.SealedStore.Outcome;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link SealedStore} promises. */
public interface SealedStoreContract {
  SealedStore sealedSecrets();

  /** Stores a holder, each time of another owner, with these secrets. */
  SecretHolder store(SealedSecrets sealed);

  @Test
  default void a_walk_meets_every_holder_with_secrets_once() {
    var stored = new ArrayList<SecretHolder>();
    for (int i = 0; i < 5; i++) {
      stored.add(store(sealed("walk " + i)));
    }
    SecretHolder without = store(SealedSecrets.NONE);

    var met = new ArrayList<SecretHolder>();
    List<Entry> batch = sealedSecrets().next(Optional.empty(), 2);
    while (!batch.isEmpty()) {
      assertThat(batch).hasSizeLessThanOrEqualTo(2);
      batch.forEach(entry -> met.add(entry.holder()));
      batch = sealedSecrets().next(Optional.of(batch.getLast()), 2);
    }

    assertThat(met).containsAll(stored).doesNotContain(without).doesNotHaveDuplicates();
  }

  @Test
  default void secrets_are_replaced_only_as_long_as_they_are_those_that_were_found() {
    Entry found = find(store(sealed("old")));

    assertThat(sealedSecrets().replace(found, sealed("new"))).isEqualTo(Outcome.REPLACED);
    assertThat(sealedSecrets().replace(found, sealed("late"))).isEqualTo(Outcome.CHANGED_MEANWHILE);
    assertThat(find(found.holder()).sealed()).isEqualTo(sealed("new"));
  }

  private Entry find(SecretHolder id) {
    Optional<Entry> last = Optional.empty();
    while (true) {
      last = Optional.of(sealedSecrets().next(last, 1).getFirst());
      if (last.get().holder().equals(id)) {
        return last.get();
      }
    }
  }

  private static SealedSecrets sealed(String text) {
    return SealedSecrets.of(text.getBytes(UTF_8));
  }
}
