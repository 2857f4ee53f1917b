package io.leverans.application.port.in;

import io.leverans.application.port.out.LinkCode;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.delivery.ChannelFault;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes what the owner's browser brought back from the provider's page, once: trades it for access,
 * proves it, and connects the channel.
 */
@FunctionalInterface
public interface ConcludeConsent {
  Result conclude(Command command);

  /**
   * What came back.
   *
   * @param browser the secret that the browser was given when it set out
   */
  record Command(LinkCode state, LinkCode browser, Answer answer) {
    public Command {
      Objects.requireNonNull(state);
      Objects.requireNonNull(browser);
      Objects.requireNonNull(answer);
    }
  }

  /** What the owner said (RFC 6749 §4.1.2). */
  sealed interface Answer {
    record Code(String code) implements Answer {
      @Override
      public String toString() {
        return "Code[]";
      }
    }

    /**
     * They, or the provider, refused.
     *
     * @param error a word, such as {@code access_denied}
     */
    record Refusal(String error) implements Answer {}
  }

  /** The answer. Where the browser is wanted back, {@code redirect} says so. */
  sealed interface Result {
    /** It was under way, in this browser. */
    sealed interface Known extends Result {}

    /** The channel is connected; mail that waited for it goes on. */
    record Connected(ChannelView channel, List<String> findings, Optional<URI> redirect)
        implements Known {}

    /** The owner or the provider refused; all is as it was. */
    record Declined(String error, Optional<URI> redirect) implements Known {}

    /** Access was given, but not such that the channel works; all is as it was. */
    record Refused(ChannelFault fault, Optional<URI> redirect) implements Known {}

    /** Who asked may not connect it any more, or there is nothing left to connect. */
    record NotWanted(Optional<URI> redirect) implements Known {}

    /** What was noted when it began cannot be read any more: it has to begin again. */
    record Gone(Optional<URI> redirect) implements Known {}

    /** Nothing was begun under this state, it has ended, or it is another browser's. */
    record Unknown() implements Result {}
  }
}
