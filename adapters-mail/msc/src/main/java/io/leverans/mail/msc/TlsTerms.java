package io.leverans.mail.msc;

import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.mail.conversation.Assurance;
import io.leverans.mail.msc.StsPolicy.Mode;
import java.util.Objects;
import java.util.Optional;

/**
 * On which terms the servers of one domain get its mail.
 *
 * @param assurance how sure the connection has to be
 * @param policy of the domain, if it has one that says anything
 * @param trouble why a policy that it announces is not known
 */
record TlsTerms(
    String domain, Assurance assurance, Optional<StsPolicy> policy, Optional<String> trouble) {
  TlsTerms {
    Objects.requireNonNull(domain);
    Objects.requireNonNull(assurance);
    Objects.requireNonNull(policy);
    Objects.requireNonNull(trouble);
  }

  static TlsTerms none(String domain) {
    return new TlsTerms(domain, new Assurance.AsOptions(), Optional.empty(), Optional.empty());
  }

  /**
   * The terms of one of the domain's servers.
   *
   * @param least how sure the connection has to be whatever the domain says
   */
  ServerTerms towards(String host, Assurance least) {
    return objectionTo(host)
        .<ServerTerms>map(ServerTerms.PassOver::new)
        .orElseGet(
            () ->
                new ServerTerms.Speak(
                    switch (assurance) {
                      case Assurance.AsOptions _ -> least;
                      case Assurance.Demanded demanded -> demanded;
                    },
                    Optional.of(this)));
  }

  /** Why one of the domain's servers gets nothing, if its policy says so. */
  Optional<String> objectionTo(String host) {
    return in(Mode.ENFORCE)
        .filter(enforced -> !enforced.names(host))
        .map(
            _ ->
                "%s does not name %s, which DNS names as a mail server of the domain, so nothing was"
                        .formatted(StsWords.policyOf(domain, Mode.ENFORCE), host)
                    + " sent to it. "
                    + StsWords.REMEDY);
  }

  /** What a policy that is only tried would have had against a server, if anything. */
  Optional<String> wouldObjectTo(String host, NextHop hop) {
    return in(Mode.TESTING)
        .flatMap(tested -> tested.names(host) ? flawOf(hop) : Optional.of("it does not name it"))
        .map(
            why ->
                "%s would have refused %s: %s"
                    .formatted(StsWords.policyOf(domain, Mode.TESTING), host, why));
  }

  private static Optional<String> flawOf(NextHop hop) {
    return switch (hop.security()) {
      case Security.Plain(var why) -> Optional.of("not encrypted: " + why);
      case Security.Encrypted(_, var problem) -> problem;
    };
  }

  private Optional<StsPolicy> in(Mode mode) {
    return policy.filter(one -> one.mode() == mode);
  }
}
