package io.leverans.mail.msc;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Assurance;
import io.leverans.mail.conversation.Exchange;
import io.leverans.mail.conversation.HostAndPort;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Standing;
import io.leverans.mail.conversation.NextHopConnections;
import io.leverans.mail.conversation.ServerAddress;
import io.leverans.mail.conversation.Transaction;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.mime.InternationalDomain;
import io.leverans.mail.mime.Marking;
import io.leverans.mail.msc.MxResolver.Route;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends straight to the recipient's servers, or through a smart host: each recipient in a
 * transaction of their own, since each has a return path of their own.
 */
final class MscTransport implements MailTransport {
  private static final int MOST_ADDRESSES = 12;

  /** A destination whose servers are others each time is not followed for ever. */
  private static final int MOST_ATTEMPTS_TO_FOLLOW = 5;

  private final MscSettings settings;
  private final MxResolver resolver;
  private final Destinations destinations;
  private final TlsRules rules;
  private final Optional<DaneRules> dane;
  private final NextHopConnections connections;
  private final Marking marking;

  MscTransport(
      MscSettings settings,
      MxResolver resolver,
      Destinations destinations,
      TlsRules rules,
      Optional<DaneRules> dane,
      NextHopConnections connections,
      Marking marking) {
    this.settings = settings;
    this.resolver = resolver;
    this.destinations = destinations;
    this.rules = rules;
    this.dane = dane;
    this.connections = connections;
    this.marking = marking;
  }

  @Override
  public AttemptReport attempt(Dispatch dispatch, OpenChannel channel, HandOver handOver) {
    Transcript transcript = new Transcript();
    Map<DeliveryId, Outcome> outcomes = new LinkedHashMap<>();
    NextHop lastHop = null;
    for (Envelope envelope : dispatch.envelopes()) {
      Search search = new Search(dispatch, envelope, handOver, transcript);
      outcomes.put(envelope.delivery(), search.outcome());
      lastHop = search.nextHop == null ? lastHop : search.nextHop;
    }
    return new AttemptReport(outcomes, Optional.ofNullable(lastHop), transcript.lines());
  }

  private Transaction transactionOf(Dispatch dispatch, Envelope envelope) {
    return new Transaction(
        marking.returnPath(dispatch, envelope),
        List.of(envelope),
        marking.asSent(dispatch, envelope),
        Transaction.Body.SEVEN_BIT,
        settings.smartHost().isPresent() ? Evidence.RELAY : Evidence.RECIPIENTS_SERVER);
  }

  /** Turns to one server after the other until one lets itself be spoken with. */
  private final class Search {
    private final Dispatch dispatch;
    private final Envelope envelope;
    private final Transaction transaction;
    private final HandOver handOver;
    private final Transcript transcript;
    private @Nullable NextHop nextHop;
    private @Nullable Outcome failure;
    private @Nullable TlsTerms domainsTerms;
    private int tried;

    Search(Dispatch dispatch, Envelope envelope, HandOver handOver, Transcript transcript) {
      this.dispatch = dispatch;
      this.envelope = envelope;
      this.transaction = transactionOf(dispatch, envelope);
      this.handOver = handOver;
      this.transcript = transcript;
    }

    Outcome outcome() {
      return settings
          .smartHost()
          .map(host -> tryInOrder(List.of(host.host()), new Origin(host.host(), Standing.UNPROVEN)))
          .orElseGet(this::outcomeAtRecipients);
    }

    private Outcome outcomeAtRecipients() {
      String domain = envelope.recipient().domain();
      return switch (resolver.serversOf(domain)) {
        case Route.Nowhere<String>(var outcome) -> outcome;
        case Route.To<String>(var hosts, var origin) ->
            otherLane(domain, hosts)
                .<Outcome>map(Outcome.Rerouted::new)
                .orElseGet(() -> tryInOrder(hosts, origin));
      };
    }

    private Optional<Lane> otherLane(String domain, List<String> hosts) {
      return dispatch.attempt() > MOST_ATTEMPTS_TO_FOLLOW
          ? Optional.empty()
          : InternationalDomain.inALabels(domain)
              .flatMap(ascii -> destinations.otherLane(dispatch.lane(), ascii, hosts));
    }

    /**
     * What stands in DNS for the server comes before what the domain says of its servers (RFC 8461
     * §2), which then need not be known.
     */
    private ServerTerms termsOf(Origin servers, String host, Origin addresses) {
      DaneRules.Finding finding =
          dane.map(all -> all.of(ascii(), servers, host, addresses))
              .orElseGet(DaneRules.Finding.Nothing::new);
      return switch (finding) {
        case DaneRules.Finding.Nothing _ -> domainsTerms().towards(host, new Assurance.AsOptions());
        case DaneRules.Finding.Encryption(var assurance) -> domainsTerms().towards(host, assurance);
        case DaneRules.Finding.Certificates(var assurance) ->
            new ServerTerms.Speak(assurance, Optional.empty());
        case DaneRules.Finding.Untold(var why) -> new ServerTerms.PassOver(why);
      };
    }

    /** Known without a look at the server's address, where nothing may come before it. */
    private Optional<String> objectionTo(String host, Origin servers) {
      return dane.filter(all -> all.mayDemandOf(ascii(), servers, host)).isPresent()
          ? Optional.empty()
          : domainsTerms().objectionTo(host);
    }

    private String ascii() {
      String domain = envelope.recipient().domain();
      return InternationalDomain.inALabels(domain).orElse(domain);
    }

    private TlsTerms domainsTerms() {
      TlsTerms known = domainsTerms;
      if (known == null) {
        known = askForDomainsTerms();
        known.trouble().ifPresent(transcript::note);
        domainsTerms = known;
      }
      return known;
    }

    /** Through a smart host, which server takes the mail in the end is not ours to see. */
    private TlsTerms askForDomainsTerms() {
      String domain = envelope.recipient().domain();
      return settings.smartHost().isPresent()
          ? TlsTerms.none(domain)
          : InternationalDomain.inALabels(domain)
              .map(rules::of)
              .orElseGet(() -> TlsTerms.none(domain));
    }

    private Outcome tryInOrder(List<String> hosts, Origin servers) {
      for (String host : hosts) {
        Optional<Outcome> answer =
            objectionTo(host, servers)
                .map(why -> passOver(host, why))
                .orElseGet(() -> lookUp(host, servers));
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      if (failure == null) {
        throw new IllegalStateException("a route leads to at least one server");
      }
      return failure;
    }

    private Optional<Outcome> lookUp(String host, Origin servers) {
      return switch (resolver.addressesOf(host)) {
        case Route.Nowhere<InetAddress>(var outcome) -> {
          remember(outcome);
          yield Optional.empty();
        }
        case Route.To<InetAddress>(var addresses, var origin) ->
            switch (termsOf(servers, host, origin)) {
              case ServerTerms.PassOver(var why) -> passOver(host, why);
              case ServerTerms.Speak speak -> speakWith(host, addresses, speak);
            };
      };
    }

    private Optional<Outcome> passOver(String host, String why) {
      transcript.note(why);
      remember(
          new Outcome.Deferred(
              new Failure(Cause.TLS_FAILURE, why, Optional.empty(), Optional.of(host)),
              Optional.empty()));
      return Optional.empty();
    }

    private Optional<Outcome> speakWith(
        String host, List<InetAddress> addresses, ServerTerms.Speak terms) {
      Optional<Outcome> answer = Optional.empty();
      for (InetAddress address : addresses) {
        if (answer.isPresent() || tried == MOST_ADDRESSES) {
          break;
        }
        answer = speakWith(host, address, terms);
      }
      return answer;
    }

    private Optional<Outcome> speakWith(String host, InetAddress address, ServerTerms.Speak terms) {
      tried++;
      int port = settings.smartHost().map(HostAndPort::port).orElse(settings.port());
      var server = new ServerAddress(host, address, port);
      return switch (connections.exchange(
          server, terms.assurance(), transaction, handOver, transcript)) {
        case Exchange.Answered(var outcomes, var hop) -> {
          nextHop = hop;
          terms
              .domains()
              .flatMap(domains -> domains.wouldObjectTo(host, hop))
              .ifPresent(transcript::note);
          yield Optional.ofNullable(outcomes.get(envelope.delivery()));
        }
        case Exchange.NotEstablished(var outcome, var hop) -> {
          nextHop = hop.orElse(nextHop);
          remember(outcome);
          yield Optional.empty();
        }
      };
    }

    /** Held back where any server was busy; refused for good is what every server refuses so. */
    private void remember(Outcome outcome) {
      if (failure == null
          || !(failure instanceof Outcome.HeldBack || outcome instanceof Outcome.Rejected)) {
        failure = outcome;
      }
    }
  }
}
