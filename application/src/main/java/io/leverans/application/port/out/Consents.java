package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The consents that somebody was asked for and has not given yet. Of codes and keys only hashes are
 * kept. Safe for use by many threads.
 */
public interface Consents {
  /**
   * Begins one.
   *
   * @param ticket leads the owner of the account to it
   * @param apiKey the key that asks: without it nothing comes of the consent any more
   * @return when it ends, by the database's clock
   */
  Instant begin(Consent consent, LinkCode ticket, String apiKey, Duration validFor);

  /** One that was begun and has neither ended nor come back. */
  Optional<Asked> find(LinkCode ticket);

  /** Notes which browser sets out with which state, in place of an earlier one. */
  Departed depart(LinkCode ticket, Departure departure);

  /**
   * Takes it away, if it comes back with its state and in its browser: who comes a second time
   * finds nothing, and who comes in another browser changes nothing.
   */
  Optional<Asked> conclude(LinkCode state, LinkCode browser);

  /** Clears away those that have ended, and answers how many. */
  int clearEnded();

  /** Clears away those that ask for access to this channel. */
  void clear(TeamId team, ChannelId channel);

  /** Clears away all, and answers how many. */
  int clearAll();

  /** Whether a browser may set out. */
  enum Departed {
    NOTED,
    /** It has ended or come back meanwhile. */
    GONE
  }

  /**
   * What the owner of an account is asked for.
   *
   * @param channel the one to come about, or the one to reconnect
   * @param owner whose the channel is or will be
   * @param secrets what was filled in and, once a browser has set out, what proves the answer to be
   *     ours; sealed for the channel
   * @param redirect where the application wants the browser back, if anywhere
   */
  record Consent(
      ChannelId channel,
      Aim aim,
      ChannelKind kind,
      String label,
      ChannelOwner owner,
      ChannelSettings settings,
      SealedSecrets secrets,
      Optional<URI> redirect) {
    public Consent {
      Objects.requireNonNull(channel);
      Objects.requireNonNull(aim);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(label);
      Objects.requireNonNull(owner);
      Objects.requireNonNull(settings);
      Objects.requireNonNull(secrets);
      Objects.requireNonNull(redirect);
    }

    /** The team that asks. */
    public TeamId team() {
      return switch (owner) {
        case ChannelOwner.OfTeam(var team) -> team;
        case ChannelOwner.OfMember(var team, _) -> team;
        case ChannelOwner.Platform() ->
            throw new IllegalStateException("nobody is asked for the platform's channels");
      };
    }
  }

  /** What the channel is to be. */
  enum Aim {
    CONNECT,
    RECONNECT
  }

  /**
   * A consent, and who asked for it.
   *
   * @param asker absent if their key is not valid any more
   */
  record Asked(Consent consent, Optional<Member> asker) {
    public Asked {
      Objects.requireNonNull(consent);
      Objects.requireNonNull(asker);
    }
  }

  /** A browser on its way to the provider's page. */
  record Departure(LinkCode state, LinkCode browser, SealedSecrets secrets) {
    public Departure {
      Objects.requireNonNull(state);
      Objects.requireNonNull(browser);
      Objects.requireNonNull(secrets);
    }
  }
}
