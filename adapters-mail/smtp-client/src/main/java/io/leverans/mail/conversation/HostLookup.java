package io.leverans.mail.conversation;

import io.leverans.mail.conversation.NameServers.Answer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Type;

/**
 * Finds the addresses of somebody else's host that may be connected to. Each use of it asks once,
 * and what it gives is connected to as it is: nobody resolves the name again. Safe for use by many
 * threads.
 */
public final class HostLookup {
  private final NameServers dns;
  private final HostGuard guard;

  public HostLookup(NameServers dns, HostGuard guard) {
    this.dns = dns;
    this.guard = guard;
  }

  /** Where a host leads. */
  public sealed interface Place {
    /** To these, IPv4 first: at least one. */
    record At(List<InetAddress> addresses) implements Place {
      public At {
        addresses = List.copyOf(addresses);
      }
    }

    /** Only to addresses that may not be connected to. */
    record OffLimits() implements Place {}

    /** Nowhere: there is no such name, or it has no address. */
    record Nowhere(String words) implements Place {}

    /** There was no telling now. */
    record Untold(String words) implements Place {}
  }

  public Place find(String host) {
    Optional<InetAddress> literal = AddressRange.literal(host);
    return literal.isPresent() ? allowed(List.of(literal.get()), List.of()) : ask(host);
  }

  private Place ask(String host) {
    var questions = List.of(dns.addresses(host, Type.A), dns.addresses(host, Type.AAAA));
    List<InetAddress> found = new ArrayList<>();
    List<String> unanswered = new ArrayList<>();
    int unknown = 0;
    for (var question : questions) {
      switch (question.await()) {
        case Answer.Found(var addresses, _) -> found.addAll(addresses);
        case Answer.NoAnswer<InetAddress>(var why) -> unanswered.add(why);
        case Answer.NoSuchName<InetAddress> _ -> unknown++;
        case Answer.NothingThere<InetAddress> _ -> {}
      }
    }
    if (found.isEmpty() && unanswered.isEmpty()) {
      return new Place.Nowhere(
          unknown > 0
              ? "There is no server called " + host + " in DNS."
              : "The name " + host + " has no address in DNS.");
    }
    return allowed(found, unanswered.stream().map(why -> untold(host, why)).toList());
  }

  private static String untold(String host, String why) {
    return "DNS did not tell the address of " + host + ": " + why + ".";
  }

  private Place allowed(List<InetAddress> found, List<String> unanswered) {
    List<InetAddress> allowed = found.stream().filter(guard::allows).distinct().toList();
    if (!allowed.isEmpty()) {
      return new Place.At(allowed);
    }
    return unanswered.isEmpty() ? new Place.OffLimits() : new Place.Untold(unanswered.getFirst());
  }
}
