package io.leverans.application.port.out.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Seals by remembering: what is stored is a number that only this one understands. */
public final class MemorySeal implements SecretSeal {
  private final Map<SealedSecrets, Secrets> sealed = new HashMap<>();

  private record Secrets(SecretHolder holder, Map<String, String> values) {}

  private Runnable onFetch = () -> {};

  @Override
  public Sealer sealer() {
    onFetch.run();
    return this::sealed;
  }

  private SealedSecrets sealed(SecretHolder holder, Map<String, String> secrets) {
    var number = SealedSecrets.of(("sealed " + sealed.size()).getBytes(UTF_8));
    sealed.put(number, new Secrets(holder, Map.copyOf(secrets)));
    return number;
  }

  @Override
  public Map<String, String> open(SecretHolder holder, SealedSecrets secrets) {
    Secrets found = sealed.get(secrets);
    if (found == null || !found.holder().equals(holder)) {
      throw new UnreadableSecretsException("No key at hand opens it.");
    }
    return found.values();
  }

  /** What happens when keys are fetched, such as that they cannot be had. */
  public void onFetch(Runnable event) {
    onFetch = event;
  }

  /** The keys are lost: nothing that was sealed so far is ever opened again. */
  public void loseKeys() {
    sealed.replaceAll((_, secrets) -> new Secrets(new ChannelId(new UUID(0, 0)), secrets.values()));
  }
}
