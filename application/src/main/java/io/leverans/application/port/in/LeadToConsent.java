package io.leverans.application.port.in;

import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelOwner;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** Leads the owner of an account to the page of their provider's. */
public interface LeadToConsent {
  /** Who asks for what; empty if the link is not valid any more. */
  Optional<Question> show(LinkCode ticket);

  /** Sets out from this browser; empty if the link is not valid any more. */
  Optional<Way> depart(LinkCode ticket);

  /**
   * What a person is told before they go.
   *
   * @param kindTitle of the channel
   * @param asker the member who asks
   * @param host of the page that they are led to
   */
  record Question(String kindTitle, String asker, ChannelOwner owner, String host) {
    public Question {
      Objects.requireNonNull(kindTitle);
      Objects.requireNonNull(asker);
      Objects.requireNonNull(owner);
      Objects.requireNonNull(host);
    }
  }

  /**
   * Where to go.
   *
   * @param page the provider's
   * @param browser a secret that this browser keeps until it comes back
   */
  record Way(URI page, LinkCode browser) {
    public Way {
      Objects.requireNonNull(page);
      Objects.requireNonNull(browser);
    }
  }
}
