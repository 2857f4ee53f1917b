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
  COMPANY_SERVER("smtp", "the company's own server", "Åsa Öberg", "asa@contoso.example");

  private final String kind;
  private final String title;
  private final String author;
  private final String address;

  Route(String kind, String title, String author, String address) {
    this.kind = kind;
    this.title = title;
    this.author = author;
    this.address = address;
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

  /** How a message to a recipient of the sort must end. */
  DeliveryState expected(Sort sort) {
    return switch (this) {
      case OWN_SERVERS -> sort.state();
      case COMPANY_SERVER -> DeliveryState.ACCEPTED;
    };
  }

  /** The cause that must be told, where something failed for a cause of its own. */
  Optional<Cause> expectedCause(Sort sort) {
    return switch (this) {
      case OWN_SERVERS -> sort.cause();
      case COMPANY_SERVER -> Optional.empty();
    };
  }

  /** What must have been heard afterwards, where that moves nothing. */
  Optional<EventKind> expectedLaterWord(Sort sort) {
    return switch (this) {
      case OWN_SERVERS -> sort.laterWord();
      case COMPANY_SERVER -> Optional.empty();
    };
  }
}
