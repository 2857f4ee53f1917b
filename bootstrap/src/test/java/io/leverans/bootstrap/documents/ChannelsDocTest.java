package io.leverans.bootstrap.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Capabilities.AllowListing;
import io.leverans.domain.channel.Capabilities.BounceCapture;
import io.leverans.domain.channel.Capabilities.Identities;
import io.leverans.domain.channel.Capabilities.Reputation;
import io.leverans.domain.channel.Capabilities.SenderShown;
import io.leverans.domain.channel.Capabilities.SentCopy;
import io.leverans.domain.channel.Capabilities.Unsubscribing;
import io.leverans.domain.channel.Capabilities.Via;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/channels.md} says what the kinds of channel say of themselves. */
class ChannelsDocTest {
  private final List<ChannelProvider> providers =
      OfferedKinds.factories().stream().map(OfferedKinds::provider).toList();

  @AfterEach
  void close() {
    providers.forEach(ChannelProvider::close);
  }

  @Test
  void the_table_is_what_the_kinds_can_do() throws IOException {
    List<List<String>> expected = new ArrayList<>();
    expected.add(row("", provider -> "`" + provider.kind().name() + "`"));
    expected.add(row("What it is", provider -> provider.description().title()));
    expected.add(row("When to choose it", provider -> provider.description().whenToChoose()));
    expected.add(can("Sender the recipient sees", able -> words(able.senderShown())));
    expected.add(can("\"via\" and another domain shown", able -> words(able.via())));
    expected.add(can("A recipient's admin can allow-list it", able -> words(able.allowListing())));
    expected.add(can("Copy in the sender's Sent folder", able -> words(able.sentCopy())));
    expected.add(can("Bounces and complaints seen", able -> words(able.bounceCapture())));
    expected.add(can("One press unsubscribes from bulk mail", able -> words(able.unsubscribing())));
    expected.add(can("Identities it can serve", able -> words(able.identities())));
    expected.add(can("Whose reputation is at stake", able -> words(able.reputation())));
    expected.add(can("What \"accepted\" proves", able -> words(able.acceptedMeans())));
    expected.add(can("A message to several people", able -> words(able.grouping())));
    expected.add(can("Limits by default", able -> words(able.limits())));
    assertThat(Document.read("channels.md").tableUnder("## Side by side"))
        .containsExactlyElementsOf(expected);
  }

  private List<String> can(String title, Function<Capabilities, String> words) {
    return row(title, provider -> words.apply(provider.capabilities(ChannelSettings.NONE)));
  }

  private List<String> row(String title, Function<ChannelProvider, String> words) {
    return Stream.concat(Stream.of(title), providers.stream().map(words)).toList();
  }

  private static String words(SenderShown shown) {
    return switch (shown) {
      case IDENTITY -> "the identity's address";
      case CONNECTED_ACCOUNT -> "the connected account's address, whatever identity was chosen";
    };
  }

  private static String words(Via via) {
    return switch (via) {
      case SHOWN -> "yes";
      case SHOWN_UNLESS_ALIGNED -> "yes, unless the identity's domain belongs to the platform's";
      case NOT_SHOWN -> "no";
    };
  }

  private static String words(AllowListing allowListing) {
    return switch (allowListing) {
      case POSSIBLE -> "yes";
      case POSSIBLE_IF_ALIGNED ->
          "no, since the servers are shared, unless the identity's domain belongs to the"
              + " platform's";
    };
  }

  private static String words(SentCopy copy) {
    return switch (copy) {
      case NONE -> "no";
      case BY_PROVIDER -> "yes, by the provider itself";
    };
  }

  private static String words(BounceCapture capture) {
    return switch (capture) {
      case ALWAYS -> "yes";
      case FROM_SENDERS_MAILBOX -> "yes, as they are read in the sender's mailbox";
      case TO_SENDERS_MAILBOX -> "no; they come to the sender's mailbox";
    };
  }

  private static String words(Unsubscribing unsubscribing) {
    return switch (unsubscribing) {
      case ONE_CLICK -> "yes";
      case ONE_CLICK_IF_SERVER_SIGNS -> "only if your server signs it";
    };
  }

  private static String words(Identities identities) {
    return switch (identities) {
      case ANY_VERIFIED -> "any that is verified";
      case CONNECTED_ACCOUNT_ONLY -> "the connected account's address only";
      case ANY_THE_SERVER_ALLOWS -> "any that the server lets through";
    };
  }

  private static String words(Reputation reputation) {
    return switch (reputation) {
      case PLATFORM -> "the platform's";
      case COMPANY -> "your company's";
    };
  }

  private static String words(Evidence evidence) {
    return switch (evidence) {
      case RECIPIENTS_SERVER -> "the recipient's server took the message";
      case RELAY -> "that server took the message, and passes it on";
      case PROVIDER -> "the provider took the message";
      case PERSON -> "somebody looked";
      case ASSUMED -> "nobody knows";
    };
  }

  private static String words(Grouping grouping) {
    return switch (grouping) {
      case ONE_RECIPIENT -> "is handed over once for each of them";
      case ANY_SUBSET -> "is handed over once for all; each gets an outcome of their own";
      case WHOLE_MESSAGE -> "is handed over once for all, or not at all";
    };
  }

  private static String words(List<Limit> limits) {
    return limits.isEmpty()
        ? "none of our own; the receiving servers have theirs"
        : limits.stream().map(ChannelsDocTest::words).collect(Collectors.joining("; "));
  }

  private static String words(Limit limit) {
    String counted = limit.counted().name().toLowerCase(Locale.ROOT);
    return "%d %s in %s (%s)"
        .formatted(
            limit.atMost(),
            limit.atMost() == 1 ? counted.substring(0, counted.length() - 1) : counted,
            limit.window(),
            limit.source());
  }
}
