package io.leverans.mail.conversation;

import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.Credentials.BearerToken;
import io.leverans.mail.conversation.Credentials.Password;
import io.leverans.mail.reply.Phase;
import java.util.List;
import java.util.Optional;

/** Signs in on a fresh connection (RFC 4954), never in clear unless that was chosen. */
final class SignIn {
  private static final int UNKNOWN_MECHANISM = 504;

  private final CommandLine line;
  private final ServerAddress server;
  private final ConversationOptions options;
  private final Faults faults;
  private final Verdicts verdicts;

  SignIn(CommandLine line, ServerAddress server, ConversationOptions options) {
    this.line = line;
    this.server = server;
    this.options = options;
    this.faults = new Faults(server);
    this.verdicts = new Verdicts(server, options);
  }

  /**
   * Signs in, if there is something to sign in with.
   *
   * @return what became of it instead, if it did not come about
   */
  Optional<Outcome> run() throws LinkLostException {
    return switch (options.credentials()) {
      case Credentials.None _ -> Optional.empty();
      case Password password -> run(new PasswordWays(line, options, password));
      case BearerToken token -> run(new BearerWays(line, server, options, token));
    };
  }

  private Optional<Outcome> run(SignInWays ways) throws LinkLostException {
    if (line.security() instanceof Security.Plain(var why) && !mayGoInClear()) {
      return Optional.of(faults.signInInClear(why, options.credentials()));
    }
    List<String> offered = line.offered().signIn();
    if (offered.isEmpty()) {
      return Optional.of(
          faults.offersNoSignIn(!line.isEncrypted() && line.offered().hasStartTls()));
    }
    List<String> common = ways.names().stream().filter(offered::contains).toList();
    if (common.isEmpty()) {
      return Optional.of(faults.noCommonMechanism(offered, ways.names(), options.credentials()));
    }
    return tryEach(common, ways);
  }

  /** A password does so for who chose no encryption; a token opens more than a mailbox's SMTP. */
  private boolean mayGoInClear() {
    return switch (options.credentials()) {
      case Credentials.None _ -> true;
      case Password _ -> options.encryption() == Encryption.NEVER;
      case BearerToken _ -> false;
    };
  }

  /** A server that does not know what it offered is asked by the next; a refusal is final. */
  private Optional<Outcome> tryEach(List<String> names, SignInWays ways) throws LinkLostException {
    line.keep(new Secrets(ways.secrets()));
    Reply reply = Reply.MISSING;
    for (String name : names) {
      reply = ways.put(name);
      if (reply.code() != UNKNOWN_MECHANISM) {
        break;
      }
    }
    return reply.isPositive() ? Optional.empty() : Optional.of(meaning(reply));
  }

  private Outcome meaning(Reply reply) {
    return reply.code() / 100 == 5
        ? faults.signInRefused(reply, options.credentials())
        : verdicts.refusal(reply, Phase.AUTH);
  }
}
