package io.leverans.bootstrap.demo;

import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way that mail of the demo takes, and the author who takes it. */
public enum Route {
  OWN_SERVERS("msc", "the platform's own servers", "Erik Ek", "erik@northwind.example"),
  /** It takes everything itself; what its own attempts meet goes to the author's mailbox. */
  COMPANY_SERVER("smtp", "the company's own server", "Åsa Öberg", "asa@contoso.example"),
  /** It takes everything itself, once a second; what fails comes back to the account's mailbox. */
  GOOGLE_ACCOUNT("gmail", "a Google account", "Ida Ivarsson", "ida@fabrikam.example", Turns.ONCE);

  /** The Google account, which is not called as its owner's identity. */
  static final String GOOGLE_ADDRESS = "ida.ivarsson@fabrikam.example";

  private final String kind;
  private final String title;
  private final String author;
  private final String address;
  private final Turns turns;

  Route(String kind, String title, String author, String address) {
    this(kind, title, author, address, Turns.MANY);
  }

  Route(String kind, String title, String author, String address, Turns turns) {
    this.kind = kind;
    this.title = title;
    this.author = author;
    this.address = address;
    this.turns = turns;
  }

  /** How often a message of each sort takes a way beside others. */
  enum Turns {
    MANY,
    ONCE
  }

  /** Those that a deployment offers. */
  static List<Route> offered(List<ChannelKind> kinds) {
    return Arrays.stream(values())
        .filter(route -> kinds.contains(new ChannelKind(route.kind)))
        .toList();
  }

  String kind() {
    return kind;
  }

  String title() {
    return title;
  }

  String author() {
    return author;
  }

  String address() {
    return address;
  }

  Turns turns() {
    return turns;
  }

  /** How a message to a recipient of the sort must end. */
  DeliveryState expected(Sort sort) {
    return switch (this) {
      case OWN_SERVERS -> sort.state();
      case COMPANY_SERVER, GOOGLE_ACCOUNT -> DeliveryState.ACCEPTED;
    };
  }

  /** The cause that must be told, where something failed for a cause of its own. */
  Optional<Cause> expectedCause(Sort sort) {
    return switch (this) {
      case OWN_SERVERS -> sort.cause();
      case COMPANY_SERVER, GOOGLE_ACCOUNT -> Optional.empty();
    };
  }

  /** What must have been heard afterwards, where that moves nothing. */
  Optional<EventKind> expectedLaterWord(Sort sort) {
    return switch (this) {
      case OWN_SERVERS -> sort.laterWord();
      case COMPANY_SERVER, GOOGLE_ACCOUNT -> Optional.empty();
    };
  }
}
