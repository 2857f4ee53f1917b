package io.leverans.mail.gmail;

import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.mime.InternationalDomain;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Who is to get a message, and whom its header names: Gmail sends to everybody named, and to nobody
 * else.
 *
 * @param blind those to get it who are named nowhere, as they stand in a header
 * @param beyond those named who are not to get it
 */
record Addressees(List<String> blind, List<String> beyond) {
  Addressees {
    blind = List.copyOf(blind);
    beyond = List.copyOf(beyond);
  }

  static Addressees of(Dispatch dispatch, Header header) {
    List<String> named =
        Stream.of("To", "Cc")
            .flatMap(field -> header.all(field).stream())
            .flatMap(Addressees::named)
            .toList();
    List<String> wanted =
        dispatch.envelopes().stream().map(Envelope::recipient).map(Addressees::written).toList();
    List<String> beyond = new ArrayList<>(named);
    beyond.removeAll(wanted.stream().map(Addressees::folded).toList());
    List<String> blind = wanted.stream().filter(one -> !named.contains(folded(one))).toList();
    return new Addressees(blind, beyond);
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
