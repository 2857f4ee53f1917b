package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.ApiKeys.IssuedKey;
import io.leverans.application.port.out.ApiKeysContract;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiApiKeysTest implements ApiKeysContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Test
  void a_key_whose_use_was_noted_this_minute_is_found_without_a_write() {
    IssuedKey key = issue(new Sender(store()));
    change("UPDATE api_key SET last_used_at = now() + interval '1 minute' WHERE prefix = ?", key);
    String version = version(key);

    assertThat(store().apiKeys().find(key.clear())).isPresent();

    assertThat(version(key)).isEqualTo(version);
  }

  @Test
  void a_use_is_noted_anew_in_a_later_minute() {
    IssuedKey key = issue(new Sender(store()));
    change("UPDATE api_key SET last_used_at = now() - interval '1 minute' WHERE prefix = ?", key);
    String version = version(key);

    assertThat(store().apiKeys().find(key.clear())).isPresent();

    assertThat(version(key)).isNotEqualTo(version);
  }

  @Test
  void nobody_waits_for_another_who_notes_that_the_key_was_used() {
    IssuedKey key = issue(new Sender(store()));
    try (Handle other = DATABASE.jdbi().open()) {
      other.begin();
      other.execute("UPDATE api_key SET last_used_at = now() WHERE prefix = ?", key.prefix());

      assertThat(store().apiKeys().find(key.clear())).isPresent();

      other.rollback();
    }
  }

  @Test
  void two_keys_of_a_team_never_have_the_same_prefix() {
    var sender = new Sender(store());
    Queue<String> secrets =
        new ArrayDeque<>(List.of("abcd" + "a".repeat(28), "abcd" + "b".repeat(28), "c".repeat(32)));
    var apiKeys = new JdbiApiKeys(DATABASE.jdbi(), secretsOf(secrets));
    IssuedKey first = apiKeys.issue(sender.admin(), "", Optional.empty());

    IssuedKey second = apiKeys.issue(sender.admin(), "", Optional.empty());

    assertThat(second.prefix()).isNotEqualTo(first.prefix());
    assertThat(apiKeys.find(first.clear())).isPresent();
    assertThat(apiKeys.find(second.clear())).isPresent();
  }

  private static Ids secretsOf(Queue<String> secrets) {
    Ids ids = new RandomIds(InstantSource.system());
    return new Ids() {
      @Override
      public UUID next() {
        return ids.next();
      }

      @Override
      public String secret() {
        return secrets.remove();
      }
    };
  }

  private static IssuedKey issue(Sender sender) {
    return DATABASE.store().apiKeys().issue(sender.admin(), "a test", Optional.empty());
  }

  private static void change(String sql, IssuedKey key) {
    DATABASE.jdbi().useHandle(handle -> handle.execute(sql, key.prefix()));
  }

  /** Another one after each write. */
  private static String version(IssuedKey key) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT xmin::text FROM api_key WHERE prefix = :prefix")
                    .bind("prefix", key.prefix())
                    .mapTo(String.class)
                    .one());
  }
}
