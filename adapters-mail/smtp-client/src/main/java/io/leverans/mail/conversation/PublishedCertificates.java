package io.leverans.mail.conversation;

import io.leverans.mail.conversation.CertificateAssociation.Matching;
import io.leverans.mail.conversation.CertificateAssociation.Usage;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The certificates that DNS publishes for a server, signed (DANE, RFC 7672).
 *
 * @param server the name that they are published under, which the server is asked for by (SNI, RFC
 *     7672 §8.1): its own, or what that is an alias of
 * @param names of which a certificate that an authority vouches for has to bear one (§3.2.2)
 * @param associations at least one
 */
public record PublishedCertificates(
    String server, List<String> names, List<CertificateAssociation> associations) {
  public PublishedCertificates {
    Objects.requireNonNull(server);
    names = List.copyOf(names);
    associations = List.copyOf(associations);
    if (names.isEmpty() || associations.isEmpty()) {
      throw new IllegalArgumentException("a server has a name, and something is published for it");
    }
  }

  /** Whether that is the server's own certificate (RFC 7672 §3.1.1). */
  boolean holds(X509Certificate servers) {
    return heeded(Usage.SERVER).anyMatch(one -> one.matches(servers));
  }

  /**
   * The authorities whose word counts for the first certificate of a chain (RFC 7672 §3.1.2): those
   * of the chain that are published, and those that are published whole.
   */
  List<X509Certificate> authorities(X509Certificate[] chain) {
    return heeded(Usage.AUTHORITY)
        .flatMap(
            one ->
                Stream.concat(
                    Arrays.stream(chain).skip(1).filter(one::matches), one.whole().stream()))
        .distinct()
        .toList();
  }

  /** Of several digests of one kind only the strongest counts (RFC 7671 §9). */
  private Stream<CertificateAssociation> heeded(Usage usage) {
    return associations.stream()
        .filter(one -> one.usage() == usage)
        .filter(
            one ->
                one.matching() == Matching.WHOLE
                    || associations.stream()
                        .noneMatch(
                            other ->
                                other.usage() == usage
                                    && other.selector() == one.selector()
                                    && other.matching().compareTo(one.matching()) > 0));
  }
}
