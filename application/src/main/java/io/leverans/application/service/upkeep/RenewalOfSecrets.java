package io.leverans.application.service.upkeep;

import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SealedStore.Entry;
import io.leverans.application.port.out.SealingKeyRotation;
import io.leverans.application.port.out.SealingKeyRotation.Renewal;
import io.leverans.domain.channel.SecretHolder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Seals anew what an old key sealed, holder by holder. */
final class RenewalOfSecrets {
  private static final int BATCH = 100;

  private final SealingKeyRotation keys;
  private final List<SealedStore> stores;
  private final Set<SecretHolder> unreadable = new LinkedHashSet<>();
  private int sealedAnew;

  RenewalOfSecrets(SealingKeyRotation keys, List<SealedStore> stores) {
    this.keys = keys;
    this.stores = stores;
  }

  int sealedAnew() {
    return sealedAnew;
  }

  List<SecretHolder> unreadable() {
    return List.copyOf(unreadable);
  }

  /**
   * Walks over all holders until a whole walk met nothing of the old key: a channel that was
   * connected meanwhile may have been sealed just before the new key came into use.
   */
  void untilNothingIsLeft() {
    while (stores.stream().mapToInt(this::walk).sum() > 0) {
      unreadable.clear();
    }
  }

  /** How many had yet to be sealed anew. */
  private int walk(SealedStore store) {
    int met = 0;
    List<Entry> batch = store.next(Optional.empty(), BATCH);
    while (!batch.isEmpty()) {
      for (Entry entry : batch) {
        met += renew(store, entry);
      }
      batch = store.next(Optional.of(batch.getLast()), BATCH);
    }
    return met;
  }

  private int renew(SealedStore store, Entry entry) {
    return switch (keys.renew(entry.holder(), entry.sealed())) {
      case Renewal.UpToDate _ -> 0;
      case Renewal.Unreadable _ -> {
        unreadable.add(entry.holder());
        yield 0;
      }
      case Renewal.Renewed(var anew) -> {
        if (store.replace(entry, anew) == SealedStore.Outcome.REPLACED) {
          sealedAnew++;
        }
        yield 1;
      }
    };
  }
}
