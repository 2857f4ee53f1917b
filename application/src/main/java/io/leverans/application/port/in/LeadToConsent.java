package io.leverans.application.port.in;

import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelOwner;
import java.net.URI;
import java.util.Objects;

/** Leads the owner of an account to the page of their provider's. */
public interface LeadToConsent {
  /** Who asks for what. */
  Shown show(LinkCode ticket);

  /** Sets out from this browser. */
  Departing depart(LinkCode ticket);

  /** What there is to be seen. */
  sealed interface Shown permits Question, NotOffered, Gone {}

  /** What comes of setting out. */
  sealed interface Departing permits Way, NotOffered, Gone {}

  /**
   * What a person is told before they go.
   *
   * @param kindTitle of the channel
   * @param asker the member who asks
   * @param host of the page that they are led to
   */
  record Question(String kindTitle, String asker, ChannelOwner owner, String host)
      implements Shown {
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
   * @param state comes back with the answer
   * @param browser a secret that this browser keeps until it comes back
   */
  record Way(URI page, LinkCode state, LinkCode browser) implements Departing {
    public Way {
      Objects.requireNonNull(page);
      Objects.requireNonNull(state);
      Objects.requireNonNull(browser);
    }
  }

  /**
   * The operator took back what it needs since it was begun.
   *
   * @param asker the member who asks
   * @param words what is missing, and what to do about it
   */
  record NotOffered(String asker, String words) implements Shown, Departing {
    public NotOffered {
      Objects.requireNonNull(asker);
      Objects.requireNonNull(words);
    }
  }

  /** The link is not valid any more. */
  record Gone() implements Shown, Departing {}
}
