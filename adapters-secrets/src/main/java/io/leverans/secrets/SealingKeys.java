package io.leverans.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leverans.application.port.out.Keysets;
import io.leverans.application.port.out.Keysets.StoredKeyset;
import io.leverans.application.port.out.SealingKeyRotation;
import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that one node holds. All nodes share the keyset in the database and follow its versions.
 * Safe for use by many threads.
 */
public final class SealingKeys implements SecretSeal, SealingKeyRotation {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, String>> SECRETS = new TypeReference<>() {};

  private final MasterKeyset master;
  private final Keysets keysets;

  /** Held while the keyset is exchanged, so that an older one never takes a newer one's place. */
  private final ReentrantLock exchange = new ReentrantLock();

  private volatile DataKeyset current;

  private SealingKeys(MasterKeyset master, Keysets keysets) {
    this.master = master;
    this.keysets = keysets;
    this.current = keysets.read().map(master::decrypt).orElseGet(this::makeFirst);
  }

  /**
   * Loads the deployment's keyset; the first node that ever starts makes it.
   *
   * @throws UnusableKeysetException if the master keyset cannot be had, or is not the one that the
   *     keyset in the database was made with
   */
  public static SealingKeys load(MasterKeys master, Keysets keysets) {
    return new SealingKeys(
        keysets.read().isPresent() ? master.existing() : master.obtain(), keysets);
  }

  /**
   * Follows the keyset in the database.
   *
   * @return the version that this node has now loaded
   * @throws UnusableKeysetException if the keyset in the database does not open; what was loaded
   *     stays in use
   */
  public long refresh() {
    return followed().version();
  }

  /** The version that this node has loaded, also where {@link #refresh} fails. */
  public long version() {
    return current.version();
  }

  /** Always of the newest keyset: a node that slept must not seal with a key that was dropped. */
  @Override
  public Sealer sealer() {
    DataKeyset newest = followed();
    return (holder, secrets) -> sealed(newest, holder, secrets);
  }

  private static SealedSecrets sealed(
      DataKeyset keyset, SecretHolder holder, Map<String, String> secrets) {
    if (secrets.isEmpty()) {
      return SealedSecrets.NONE;
    }
    try {
      byte[] clear = JSON.writeValueAsBytes(secrets);
      return SealedSecrets.of(keyset.seal(clear, associatedData(holder)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts cannot be written as JSON", e);
    }
  }

  @Override
  public Map<String, String> open(SecretHolder holder, SealedSecrets sealed) {
    if (sealed.equals(SealedSecrets.NONE)) {
      return Map.of();
    }
    byte[] clear = clear(holder, sealed).orElseThrow(() -> unreadable(holder));
    try {
      return Map.copyOf(JSON.readValue(clear, SECRETS));
    } catch (IOException _) {
      // Not kept as the cause: the parser's words may quote a secret.
      throw unreadable(holder);
    }
  }

  @Override
  public Step now() {
    return followed().step();
  }

  @Override
  public Step advance(Step from) {
    exchange.lock();
    try {
      DataKeyset now = followed();
      if (now.version() == from.version()) {
        DataKeyset next = now.next();
        now = keysets.replace(master.encrypt(next)) == Keysets.Outcome.REPLACED ? next : followed();
        current = now;
      }
      return now.step();
    } finally {
      exchange.unlock();
    }
  }

  @Override
  public Renewal renew(SecretHolder holder, SealedSecrets sealed) {
    Optional<byte[]> clear = clear(holder, sealed);
    if (clear.isEmpty()) {
      return new Renewal.Unreadable();
    }
    DataKeyset keyset = current;
    return keyset.sealsAs(sealed.bytes())
        ? new Renewal.UpToDate()
        : new Renewal.Renewed(SealedSecrets.of(keyset.seal(clear.get(), associatedData(holder))));
  }

  /** What does not open may have been sealed with a key that this node has yet to hear of. */
  private Optional<byte[]> clear(SecretHolder holder, SealedSecrets sealed) {
    byte[] bytes = sealed.bytes();
    byte[] associatedData = associatedData(holder);
    return current
        .open(bytes, associatedData)
        .or(() -> followedIfItOpens().flatMap(newer -> newer.open(bytes, associatedData)));
  }

  private Optional<DataKeyset> followedIfItOpens() {
    try {
      return Optional.of(followed());
    } catch (UnusableKeysetException _) {
      return Optional.empty();
    }
  }

  private DataKeyset followed() {
    exchange.lock();
    try {
      Optional<StoredKeyset> stored = keysets.read();
      if (stored.isEmpty()) {
        current = makeFirst();
      } else if (stored.get().version() != current.version()) {
        current = master.decrypt(stored.get());
      }
      return current;
    } finally {
      exchange.unlock();
    }
  }

  private DataKeyset makeFirst() {
    DataKeyset first = DataKeyset.first();
    return switch (keysets.replace(master.encrypt(first))) {
      case REPLACED -> first;
      case OUTDATED -> keysets.read().map(master::decrypt).orElseGet(this::makeFirst);
    };
  }

  private static UnreadableSecretsException unreadable(SecretHolder holder) {
    return new UnreadableSecretsException(
        "the secrets of "
            + holder.sealedFor().replace('/', ' ')
            + " do not open: the keyset that sealed them is not the one this node has: "
            + "restore it, or enter the password again");
  }

  private static byte[] associatedData(SecretHolder holder) {
    return holder.sealedFor().getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "SealingKeys[" + current.step() + "]";
  }
}
