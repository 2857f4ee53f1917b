package io.leverans.application.service.erasure;

import io.leverans.application.port.out.DomainNames;
import io.leverans.domain.delivery.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Those whom a copy for one person does not name. Texts are searched for their addresses, whatever
 * the letters' case, and for these with the domain in A-labels, as servers say them.
 */
record OtherRecipients(List<Pattern> addresses) {
  private static final String LEFT_OUT = "Left out: it names somebody else, too.";
  private static final String NOT_THE_END_OF_ANOTHER = "(?<![\\p{L}\\p{M}\\p{N}._+-])";
  private static final String NOT_THE_START_OF_ANOTHER = "(?!\\.?[\\p{L}\\p{M}\\p{N}-])";

  OtherRecipients {
    addresses = List.copyOf(addresses);
  }

  static OtherRecipients of(Collection<String> addresses, DomainNames names) {
    return new OtherRecipients(
        addresses.stream()
            .flatMap(address -> Stream.concat(Stream.of(address), inALabels(address, names)))
            .distinct()
            .map(OtherRecipients::pattern)
            .toList());
  }

  private static Stream<String> inALabels(String address, DomainNames names) {
    int at = address.lastIndexOf('@');
    return names.inALabels(address.substring(at + 1)).stream()
        .map(name -> address.substring(0, at + 1) + name.text());
  }

  private static Pattern pattern(String address) {
    return Pattern.compile(
        NOT_THE_END_OF_ANOTHER + Pattern.quote(address) + NOT_THE_START_OF_ANOTHER,
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  boolean areNamedIn(String text) {
    return addresses.stream().anyMatch(address -> address.matcher(text).find());
  }

  List<String> without(List<String> lines) {
    return lines.stream().filter(line -> !areNamedIn(line)).toList();
  }

  Optional<String> without(Optional<String> text) {
    return text.filter(words -> !areNamedIn(words));
  }

  /** What came of it stays; the words that name others do not. */
  Failure without(Failure failure) {
    return areNamedIn(failure.words())
        ? new Failure(failure.cause(), LEFT_OUT, failure.status(), failure.remoteHost())
        : failure;
  }
}
