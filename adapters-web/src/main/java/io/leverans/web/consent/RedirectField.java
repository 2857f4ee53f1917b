package io.leverans.web.consent;

import io.leverans.web.input.JsonFields;
import io.leverans.web.problem.ProblemType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where an application wants the browser back. The outcome stands in the address, so it goes over
 * https, or nowhere beyond the browser's machine, or where our own pages go.
 */
final class RedirectField {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int HTTP_PORT = 80;

  private RedirectField() {}

  static Optional<URI> read(JsonFields fields, URI publicUrl) {
    return fields
        .find("redirect")
        .flatMap(field -> field.read(ProblemType.INVALID_FIELD, text -> address(text, publicUrl)));
  }

  static URI address(String text, URI publicUrl) {
    URI address = page(text);
    if (address.getScheme().equalsIgnoreCase("https")
        || THIS_MACHINE.contains(host(address))
        || origin(address).equals(origin(publicUrl))) {
      return address;
    }
    throw new IllegalArgumentException(
        "redirect leads over http://, where anybody on the way can read it: use https://. http://"
            + " is taken for localhost, 127.0.0.1 and [::1] only");
  }

  private static URI page(String text) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      if (Set.of("https", "http").contains(scheme)
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // told below, as for an address of another kind
    }
    throw new IllegalArgumentException(
        "redirect is the address of a page of your application, beginning with https:// and"
            + " without a part after #");
  }

  private static String host(URI address) {
    return address.getHost().toLowerCase(Locale.ROOT);
  }

  /** RFC 6454 §4, of an address over http. */
  private static Origin origin(URI address) {
    return new Origin(
        address.getScheme().toLowerCase(Locale.ROOT),
        host(address),
        address.getPort() < 0 ? HTTP_PORT : address.getPort());
  }

  private record Origin(String scheme, String host, int port) {}
}
