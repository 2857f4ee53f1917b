package io.leverans.mail.gmail;

import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.mime.InternationalDomain;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is to get a message now. Gmail sends to everybody whom a header names, and to nobody else.
 *
 * @param written their addresses as they stand in a header
 */
record Addressees(List<String> written) {
  Addressees {
    written = List.copyOf(written);
  }

  static Addressees of(Dispatch dispatch) {
    return new Addressees(
        dispatch.envelopes().stream().map(Envelope::recipient).map(Addressees::written).toList());
  }

  /** Whether that is one of them. */
  boolean include(String named) {
    return written.stream().anyMatch(one -> folded(one).equals(folded(named)));
  }

  /** Those of them whom that header names nowhere. */
  List<String> blind(Header header) {
    Set<String> named =
        Stream.of("To", "Cc")
            .flatMap(field -> header.all(field).stream())
            .flatMap(Addressees::named)
            .collect(Collectors.toUnmodifiableSet());
    return written.stream().filter(one -> !named.contains(folded(one))).toList();
  }

  private static Stream<String> named(String field) {
    try {
      return Stream.of(InternetAddress.parseHeader(field, false))
          .filter(address -> !address.isGroup())
          .map(InternetAddress::getAddress)
          .map(Addressees::folded);
    } catch (AddressException unreadable) {
      throw new IllegalArgumentException("a composed header can be read", unreadable);
    }
  }

  private static String written(EmailAddress address) {
    return address.localPart()
        + "@"
        + InternationalDomain.inALabels(address.domain()).orElse(address.domain());
  }

  private static String folded(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
