package io.leverans.application.service;

import io.leverans.application.port.in.RotateKeys.Result.Rotated;
import io.leverans.application.port.out.SealedChannels;
import io.leverans.application.port.out.SealedChannels.SealedChannel;
import io.leverans.application.port.out.SealingKeyRotation;
import io.leverans.application.port.out.SealingKeyRotation.Renewal;
import io.leverans.domain.channel.ChannelId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Seals anew what an old key sealed, channel by channel. */
final class RenewalOfSecrets {
  private static final int BATCH = 100;

  private final SealingKeyRotation keys;
  private final SealedChannels channels;
  private final Set<ChannelId> unreadable = new LinkedHashSet<>();
  private int sealedAnew;

  RenewalOfSecrets(SealingKeyRotation keys, SealedChannels channels) {
    this.keys = keys;
    this.channels = channels;
  }

  Rotated result() {
    return new Rotated(sealedAnew, List.copyOf(unreadable));
  }

  /**
   * Walks over all channels until a whole walk met nothing of the old key: a channel that was
   * connected meanwhile may have been sealed just before the new key came into use.
   */
  void untilNothingIsLeft() {
    while (walk() > 0) {
      unreadable.clear();
    }
  }

  /** How many had yet to be sealed anew. */
  private int walk() {
    int met = 0;
    List<SealedChannel> batch = channels.next(Optional.empty(), BATCH);
    while (!batch.isEmpty()) {
      for (SealedChannel channel : batch) {
        met += renew(channel);
      }
      batch = channels.next(Optional.of(batch.getLast()), BATCH);
    }
    return met;
  }

  private int renew(SealedChannel channel) {
    return switch (keys.renew(channel.id(), channel.sealed())) {
      case Renewal.UpToDate _ -> 0;
      case Renewal.Unreadable _ -> {
        unreadable.add(channel.id());
        yield 0;
      }
      case Renewal.Renewed(var anew) -> {
        if (channels.replace(channel, anew) == SealedChannels.Outcome.REPLACED) {
          sealedAnew++;
        }
        yield 1;
      }
    };
  }
}
