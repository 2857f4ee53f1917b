package io.leverans.application.service.author;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.team.TeamId;
import java.util.Objects;

/** Tells providers of authors what they have to know of them. */
public final class Authors {
  private final AlignedDomains domains;

  public Authors(AlignedDomains domains) {
    this.domains = Objects.requireNonNull(domains);
  }

  public Author of(Identity identity, ChannelProvider provider) {
    return of(identity.team(), identity.mailbox(), identity.replies(), provider);
  }

  /** Looks for a domain only where the kind writes in the name of one. */
  public Author of(TeamId team, Mailbox mailbox, Replies replies, ChannelProvider provider) {
    return new Author(
        mailbox,
        replies,
        provider
            .returnPathTarget()
            .flatMap(_ -> domains.covering(team, mailbox.address().domain())));
  }
}
