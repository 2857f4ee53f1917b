package io.leverans.mail.reply;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Suppression;
import io.leverans.mail.reply.ReplyRule.Traits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says why a server refused, by four tables that are looked at one after the other: statuses that
 * name the cause by themselves, the words and codes of certain providers, everybody's words, and at
 * last the other statuses, reply codes and phases. Safe for use by many threads.
 */
public final class ReplyClassifier {
  private static final List<List<ReplyRule<Cause>>> TABLES =
      Stream.of("statuses.tsv", "providers.tsv", "words.tsv", "general.tsv")
          .map(table -> ReplyRule.table(table, Cause::valueOf))
          .toList();

  /** The cause that a negative reply names, or else the likeliest. */
  public Cause causeOf(ServerReply reply) {
    return causeOf(List.of(reply));
  }

  /**
   * The cause that a negative reply names, or else the likeliest.
   *
   * @param tellings the reply, and whatever else was said of the same refusal, nearest first
   */
  public Cause causeOf(List<ServerReply> tellings) {
    List<Traits> all = tellings.stream().map(Traits::of).toList();
    return TABLES.stream()
        .flatMap(rules -> first(rules, all).stream())
        .findFirst()
        .orElse(Cause.UNDETERMINED);
  }

  private static Optional<Cause> first(List<ReplyRule<Cause>> rules, List<Traits> tellings) {
    return tellings.stream().flatMap(told -> first(rules, told).stream()).findFirst();
  }

  private static Optional<Cause> first(List<ReplyRule<Cause>> rules, Traits traits) {
    for (ReplyRule<Cause> rule : rules) {
      if (rule.fits(traits)) {
        return Optional.of(just(rule.meaning(), traits));
      }
    }
    return Optional.empty();
  }

  /**
   * A rule about trust is not the recipient's fault; what is said before a recipient is named
   * cannot be about one; and "not now" is no reason to close an address, which a status of class 4
   * says for itself.
   */
  private static Cause just(Cause cause, Traits traits) {
    boolean forNow = traits.code().startsWith("4") && !traits.status().startsWith("4");
    if (forNow && cause.suppression() == Suppression.SUPPRESSES) {
      return Cause.REMOTE_SYSTEM_ERROR;
    }
    if (cause.suppression() == Suppression.SUPPRESSES && cause != Cause.DOMAIN_REFUSES_MAIL) {
      return traits
          .phase()
          .flatMap(ReplyClassifier::beforeRecipients)
          .orElse(trusted(cause, traits));
    }
    return trusted(cause, traits);
  }

  private static Cause trusted(Cause cause, Traits traits) {
    boolean blamesRecipient = cause.fault() == Fault.RECIPIENT;
    return blamesRecipient && traits.status().startsWith("5.7.") ? Cause.POLICY : cause;
  }

  /**
   * Who is meant where a name or an address is said to be unknown (RFC 5321 §3). Reports that quote
   * several conversations may show a greeting that is not the recipient's, so it tells nothing.
   */
  private static Optional<Cause> beforeRecipients(Phase phase) {
    return switch (phase) {
      case HELLO -> Optional.of(Cause.SENDER_DNS);
      case TLS -> Optional.of(Cause.TLS_FAILURE);
      case AUTH -> Optional.of(Cause.CREDENTIALS_REFUSED);
      case MAIL -> Optional.of(Cause.SENDER_REJECTED);
      case CONNECT, GREETING, RCPT, DATA, CONTENT -> Optional.empty();
    };
  }
}
