package io.leverans.mail.smtp;

import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Exchange;
import io.leverans.mail.conversation.HostLookup;
import io.leverans.mail.conversation.HostLookup.Place;
import io.leverans.mail.conversation.ServerAddress;
import io.leverans.mail.conversation.Transaction;
import io.leverans.mail.conversation.Transcript;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hands mail to a customer's server: all recipients of a dispatch in one transaction, or one by one
 * where each has a return path of its own.
 */
final class SmtpTransport implements MailTransport {
  private static final int MOST_ADDRESSES = 4;

  /** Until a host that is wrong for certain is looked up again: DNS heals without telling us. */
  private static final Duration UNTIL_HOST_IS_LOOKED_UP_AGAIN = Duration.ofMinutes(15);

  private final HostLookup lookup;
  private final ChannelLines lines;
  private final Letterhead letterhead;

  SmtpTransport(HostLookup lookup, ChannelLines lines, Letterhead letterhead) {
    this.lookup = lookup;
    this.lines = lines;
    this.letterhead = letterhead;
  }

  @Override
  public AttemptReport attempt(Dispatch dispatch, OpenChannel channel, HandOver handOver) {
    ChannelLine line = lines.of(channel);
    Transcript transcript = new Transcript();
    Map<DeliveryId, Outcome> outcomes = new LinkedHashMap<>();
    NextHop lastHop = null;
    for (Transaction transaction : transactions(dispatch, line.server())) {
      Attempt attempt = new Attempt(line, transaction, handOver, transcript);
      outcomes.putAll(attempt.outcomes());
      lastHop = attempt.nextHop == null ? lastHop : attempt.nextHop;
    }
    return new AttemptReport(outcomes, Optional.ofNullable(lastHop), transcript.lines());
  }

  private List<Transaction> transactions(Dispatch dispatch, ServerSettings server) {
    return switch (letterhead.returnPath(server.returnPath())) {
      case IDENTITY ->
          List.of(
              transaction(
                  dispatch,
                  dispatch.envelopes(),
                  Letterhead.identitysReturnPath(dispatch.sender())));
      case SIGNED ->
          dispatch.envelopes().stream()
              .map(
                  envelope ->
                      transaction(
                          dispatch,
                          List.of(envelope),
                          letterhead.signedReturnPath(dispatch, envelope)))
              .toList();
    };
  }

  private Transaction transaction(Dispatch dispatch, List<Envelope> envelopes, String returnPath) {
    return new Transaction(
        returnPath,
        envelopes,
        letterhead.asSent(dispatch, envelopes.getFirst()),
        Transaction.Body.SEVEN_BIT,
        Evidence.RELAY,
        Optional.of(letterhead.reports(dispatch, envelopes)));
  }

  /** Turns to one address of the server after the other until one lets itself be spoken with. */
  private final class Attempt {
    private final ChannelLine line;
    private final Transaction transaction;
    private final HandOver handOver;
    private final Transcript transcript;
    private @Nullable NextHop nextHop;

    Attempt(ChannelLine line, Transaction transaction, HandOver handOver, Transcript transcript) {
      this.line = line;
      this.transaction = transaction;
      this.handOver = handOver;
      this.transcript = transcript;
    }

    Map<DeliveryId, Outcome> outcomes() {
      Optional<Outcome.NotTried> silence = line.silence();
      if (silence.isPresent()) {
        transcript.note("not connected: the server refused the sign-in less than a minute ago");
        return all(silence.get());
      }
      String host = line.server().host();
      return switch (lookup.find(host)) {
        case Place.At(var addresses) -> tryInOrder(addresses);
        case Place.OffLimits _ -> hostIsWrong(HostFaults.offLimits(host));
        case Place.Nowhere(var words) -> hostIsWrong(HostFaults.nowhere(words));
        case Place.Untold(var words) ->
            all(
                new Outcome.Deferred(
                    new Failure(Cause.NETWORK_FAILURE, words, Optional.empty(), Optional.of(host)),
                    Optional.empty(),
                    LaneSign.OUT_OF_REACH));
      };
    }

    private Map<DeliveryId, Outcome> hostIsWrong(ChannelFault fault) {
      transcript.note(fault.words());
      return all(new Outcome.NotTried(fault, Optional.of(UNTIL_HOST_IS_LOOKED_UP_AGAIN)));
    }

    private Map<DeliveryId, Outcome> tryInOrder(List<InetAddress> addresses) {
      Outcome failure = null;
      for (InetAddress address : addresses.stream().limit(MOST_ADDRESSES).toList()) {
        if (failure == null || !holdsForAllAddresses(failure)) {
          switch (turnTo(address)) {
            case Exchange.Answered(var outcomes, _) -> {
              line.letIn();
              return understood(outcomes);
            }
            case Exchange.NotEstablished(var outcome, _) -> failure = outcome;
          }
        }
      }
      if (failure == null) {
        throw new IllegalStateException("a host has at least one address");
      }
      return all(withPause(failure));
    }

    private Exchange turnTo(InetAddress address) {
      var server = new ServerAddress(line.server().host(), address, line.server().port());
      Exchange exchange = line.connections().exchange(server, transaction, handOver, transcript);
      nextHop =
          switch (exchange) {
            case Exchange.Answered(_, var hop) -> hop;
            case Exchange.NotEstablished(_, var hop) -> hop.orElse(nextHop);
          };
      return exchange;
    }

    private Map<DeliveryId, Outcome> understood(Map<DeliveryId, Outcome> outcomes) {
      return outcomes.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, one -> understood(one.getValue())));
    }

    /** A fault of the channel is met everywhere, and all addresses share their connections. */
    private static boolean holdsForAllAddresses(Outcome outcome) {
      return switch (outcome) {
        case Outcome.NotTried _, Outcome.HeldBack _, Outcome.Rerouted _ -> true;
        case Outcome.Deferred(var failure, _, _) -> failure.cause() == Cause.RATE_LIMITED;
        case Outcome.Accepted _, Outcome.Rejected _, Outcome.InDoubt _ -> false;
      };
    }

    /** A server may let us in and demand the sign-in later. */
    private Outcome understood(Outcome outcome) {
      line.notOpened(outcome);
      return withPause(outcome);
    }

    /** Says when to come again after a fault. */
    private static Outcome withPause(Outcome outcome) {
      return outcome instanceof Outcome.NotTried(var fault, var until)
          ? new Outcome.NotTried(fault, until.or(() -> Optional.of(ChannelLine.PAUSE)))
          : outcome;
    }

    private Map<DeliveryId, Outcome> all(Outcome outcome) {
      return transaction.envelopes().stream()
          .collect(Collectors.toMap(Envelope::delivery, _ -> outcome));
    }
  }
}
