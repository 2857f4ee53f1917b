package io.leverans.mail.reply;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Suppression;
import io.leverans.mail.reply.ReplyRule.Traits;
import io.leverans.mail.rules.Prose;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says why a server refused, by four tables that are looked at one after the other: statuses that
 * name the cause by themselves, the words and codes of certain providers, everybody's words, and at
 * last the other statuses, reply codes and phases. Safe for use by many threads.
 */
public final class ReplyClassifier {
  private static final List<List<ReplyRule>> TABLES =
      Stream.of("statuses.tsv", "providers.tsv", "words.tsv", "general.tsv")
          .map(ReplyRule::table)
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
    List<Traits> all = tellings.stream().map(ReplyClassifier::traits).toList();
    return TABLES.stream()
        .flatMap(rules -> first(rules, all).stream())
        .findFirst()
        .orElse(Cause.UNDETERMINED);
  }

  private static Optional<Cause> first(List<ReplyRule> rules, List<Traits> tellings) {
    return tellings.stream().flatMap(told -> first(rules, told).stream()).findFirst();
  }

  private static Traits traits(ServerReply reply) {
    return new Traits(
        reply.codeGiven(),
        reply.statusGiven().orElse("-"),
        reply.phase(),
        reply.host().map(host -> host.toLowerCase(Locale.ROOT)).orElse(""),
        Prose.of(reply.text()));
  }

  private static Optional<Cause> first(List<ReplyRule> rules, Traits traits) {
    for (ReplyRule rule : rules) {
      if (rule.fits(traits)) {
        return Optional.of(just(rule.cause(), traits));
      }
    }
    return Optional.empty();
  }

  /**
   * A rule about trust is not the recipient's fault; a reply to MAIL FROM cannot be about the
   * recipient, who is not named yet; and "not now" is no reason to close an address, which a status
   * of class 4 says for itself.
   */
  private static Cause just(Cause cause, Traits traits) {
    boolean forNow = traits.code().startsWith("4") && !traits.status().startsWith("4");
    if (forNow && cause.suppression() == Suppression.SUPPRESSES) {
      return Cause.REMOTE_SYSTEM_ERROR;
    }
    if (traits.phase().equals(Optional.of(Phase.MAIL))
        && cause.suppression() == Suppression.SUPPRESSES) {
      return Cause.SENDER_REJECTED;
    }
    if (traits.status().startsWith("5.7.") && cause.fault() == Fault.RECIPIENT) {
      return Cause.POLICY;
    }
    return cause;
  }
}
