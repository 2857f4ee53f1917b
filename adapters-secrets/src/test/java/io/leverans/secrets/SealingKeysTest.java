package io.leverans.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.Keysets;
import io.leverans.application.port.out.Keysets.StoredKeyset;
import io.leverans.application.port.out.SealingKeyRotation.Renewal;
import io.leverans.application.port.out.SealingKeyRotation.Stage;
import io.leverans.application.port.out.SealingKeyRotation.Step;
import io.leverans.application.port.out.SecretSeal.Sealer;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.port.out.memory.MemoryKeysets;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SealingKeysTest {
  private static final ChannelId CHANNEL = new ChannelId(new UUID(0, 1));
  private static final ChannelId OTHER = new ChannelId(new UUID(0, 2));
  private static final Map<String, String> SECRETS =
      Map.of("password", "kräftig \"1\"", "token", "");

  private final MasterKeys master =
      MasterKeys.fromValue("test", AeadKeys.toJson(AeadKeys.generate()));
  private final MemoryKeysets keysets = new MemoryKeysets();
  private final SealingKeys one = SealingKeys.load(master, keysets);
  private final SealingKeys two = SealingKeys.load(master, keysets);

  @Test
  void what_one_node_seals_another_opens() {
    SealedSecrets sealed = one.seal(CHANNEL, SECRETS);

    assertThat(two.open(CHANNEL, sealed)).isEqualTo(SECRETS);
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("password");
    assertThat(one.seal(CHANNEL, SECRETS)).isNotEqualTo(sealed);
  }

  @Test
  void of_two_nodes_that_are_the_first_to_start_one_makes_the_keyset() {
    var fresh = new MemoryKeysets();
    var faster = new AtomicReference<SealingKeys>();
    Keysets slow =
        new Keysets() {
          @Override
          public Optional<StoredKeyset> read() {
            return fresh.read();
          }

          @Override
          public Outcome replace(StoredKeyset next) {
            faster.set(SealingKeys.load(master, fresh));
            return fresh.replace(next);
          }
        };

    SealedSecrets sealed = SealingKeys.load(master, slow).seal(CHANNEL, SECRETS);

    assertThat(faster.get().open(CHANNEL, sealed)).isEqualTo(SECRETS);
    assertThat(faster.get().version()).isEqualTo(1);
  }

  @Test
  void who_has_a_sealer_asks_for_no_keys_any_more() {
    var reads = new AtomicInteger();
    Keysets counted =
        new Keysets() {
          @Override
          public Optional<StoredKeyset> read() {
            reads.incrementAndGet();
            return keysets.read();
          }

          @Override
          public Outcome replace(StoredKeyset next) {
            return keysets.replace(next);
          }
        };
    Sealer sealer = SealingKeys.load(master, counted).sealer();
    int before = reads.get();

    SealedSecrets sealed = sealer.seal(CHANNEL, SECRETS);

    assertThat(reads).hasValue(before);
    assertThat(one.open(CHANNEL, sealed)).isEqualTo(SECRETS);
  }

  @Test
  void no_secrets_need_no_seal() {
    assertThat(one.seal(CHANNEL, Map.of())).isEqualTo(SealedSecrets.NONE);
    assertThat(one.open(CHANNEL, SealedSecrets.NONE)).isEmpty();
  }

  @Test
  void what_was_sealed_for_one_channel_does_not_open_for_another() {
    assertUnreadable(OTHER, one.seal(CHANNEL, SECRETS));
  }

  @Test
  void what_was_changed_does_not_open() {
    byte[] bytes = one.seal(CHANNEL, SECRETS).bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertUnreadable(CHANNEL, SealedSecrets.of(changed));
    }
    assertUnreadable(CHANNEL, SealedSecrets.of(new byte[] {1}));
  }

  @Test
  void nothing_that_is_shown_holds_a_key_or_a_secret() {
    SealedSecrets sealed = one.seal(CHANNEL, SECRETS);

    assertThat(one).hasToString("SealingKeys[Step[version=1, stage=SETTLED]]");
    assertThat(sealed.toString()).doesNotContain(sealed.base64());
    assertThat(keysets.read().orElseThrow()).hasToString("StoredKeyset[version 1]");
    assertThatThrownBy(() -> one.open(OTHER, sealed))
        .hasMessage(
            "the secrets of channel 00000000-0000-0000-0000-000000000002 do not open: the keyset "
                + "that sealed them is not the one this node has: restore it, or enter the "
                + "password again")
        .hasNoCause();
  }

  @Test
  void a_new_key_opens_everywhere_before_it_seals_anywhere() {
    SealedSecrets old = one.seal(CHANNEL, SECRETS);

    Step announced = one.advance(one.now());
    assertThat(announced).isEqualTo(new Step(2, Stage.ANNOUNCED));
    assertThat(one.renew(CHANNEL, old)).isEqualTo(new Renewal.UpToDate());
    assertThat(two.refresh()).isEqualTo(2);

    Step inUse = one.advance(announced);
    assertThat(inUse).isEqualTo(new Step(3, Stage.IN_USE));
    assertThat(two.open(CHANNEL, one.seal(CHANNEL, SECRETS))).isEqualTo(SECRETS);
    SealedSecrets renewed = renewed(old);

    assertThat(one.advance(inUse)).isEqualTo(new Step(4, Stage.SETTLED));
    assertThat(two.refresh()).isEqualTo(4);
    assertThat(one.open(CHANNEL, renewed)).isEqualTo(SECRETS);
    assertThat(two.open(CHANNEL, renewed)).isEqualTo(SECRETS);
    assertUnreadable(CHANNEL, old);
    assertThat(one.renew(CHANNEL, old)).isEqualTo(new Renewal.Unreadable());
  }

  @Test
  void a_node_that_opens_what_it_has_no_key_for_looks_for_a_newer_keyset_first() {
    var _ = one.advance(one.advance(one.now()));
    SealedSecrets sealed = one.seal(CHANNEL, SECRETS);

    assertThat(two.open(CHANNEL, sealed)).isEqualTo(SECRETS);
    assertThat(two).hasToString("SealingKeys[Step[version=3, stage=IN_USE]]");
  }

  @Test
  void a_node_that_slept_through_a_rotation_seals_with_the_new_key() {
    var _ = one.advance(one.advance(one.advance(one.now())));

    assertThat(one.open(CHANNEL, two.seal(CHANNEL, SECRETS))).isEqualTo(SECRETS);
  }

  @Test
  void of_two_who_take_the_same_step_one_takes_it() {
    Step settled = one.now();

    assertThat(one.advance(settled)).isEqualTo(new Step(2, Stage.ANNOUNCED));
    assertThat(two.advance(settled)).isEqualTo(new Step(2, Stage.ANNOUNCED));
    assertThat(one.now()).isEqualTo(new Step(2, Stage.ANNOUNCED));
  }

  @Test
  void a_keyset_under_another_version_or_another_master_is_refused_and_the_loaded_one_kept() {
    SealedSecrets sealed = one.seal(CHANNEL, SECRETS);
    var stored = keysets.read().orElseThrow();
    keysets.put(Optional.of(new StoredKeyset(7, stored.encrypted())));

    assertThatThrownBy(one::refresh).isInstanceOf(UnusableKeysetException.class).hasNoCause();
    assertThat(one.open(CHANNEL, sealed)).isEqualTo(SECRETS);
    assertUnreadable(OTHER, sealed);
  }

  @Test
  void when_the_operator_removes_the_keyset_a_new_one_begins_and_old_secrets_are_unreadable() {
    SealedSecrets sealed = one.seal(CHANNEL, SECRETS);
    keysets.put(Optional.empty());

    SealingKeys restarted = SealingKeys.load(master, keysets);

    assertThatThrownBy(() -> restarted.open(CHANNEL, sealed))
        .isInstanceOf(UnreadableSecretsException.class);
    SealedSecrets anew = restarted.seal(CHANNEL, SECRETS);
    assertThat(restarted.open(CHANNEL, anew)).isEqualTo(SECRETS);
  }

  private SealedSecrets renewed(SealedSecrets old) {
    if (one.renew(CHANNEL, old) instanceof Renewal.Renewed(var sealed)) {
      return sealed;
    }
    throw new AssertionError("was not sealed anew");
  }

  private void assertUnreadable(ChannelId channel, SealedSecrets sealed) {
    assertThatThrownBy(() -> one.open(channel, sealed))
        .isInstanceOf(UnreadableSecretsException.class);
    assertThatThrownBy(() -> two.open(channel, sealed))
        .isInstanceOf(UnreadableSecretsException.class);
  }
}
