package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.SealedStore;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import io.leverans.domain.delivery.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Sealed secrets in memory, of the platform. */
public final class MemorySealedSecrets implements SealedStore {
  private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();

  /** Gives a holder its secrets, or others. */
  public void put(SecretHolder id, SealedSecrets sealed) {
    entries.put(id.value().toString(), new Entry(Optional.empty(), id, sealed));
  }

  public SealedSecrets of(SecretHolder id) {
    return entries.get(id.value().toString()).sealed();
  }

  @Override
  public List<Entry> next(Optional<Entry> after, int atMost) {
    return entries
        .tailMap(after.map(last -> last.holder().value().toString()).orElse(""), false)
        .values()
        .stream()
        .filter(entry -> !entry.sealed().equals(SealedSecrets.NONE))
        .limit(atMost)
        .toList();
  }

  @Override
  public Outcome replace(Entry found, SealedSecrets next) {
    var replacement = new Entry(found.team(), found.holder(), next);
    return entries.replace(found.holder().value().toString(), found, replacement)
        ? Outcome.REPLACED
        : Outcome.CHANGED_MEANWHILE;
  }
}
