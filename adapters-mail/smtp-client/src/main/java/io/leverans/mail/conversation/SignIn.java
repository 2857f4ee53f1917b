package io.leverans.mail.conversation;

import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.Credentials.Password;
import io.leverans.mail.reply.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.auth.Ntlm;
import org.eclipse.angus.mail.util.MailLogger;

/** Signs in on a fresh connection (RFC 4954), never in clear unless that was chosen. */
final class SignIn {
  private static final int GO_ON = 334;
  private static final int UNKNOWN_MECHANISM = 504;
  private static final String SECRET = "***";

  private final CommandLine line;
  private final ConversationOptions options;
  private final Faults faults;
  private final Verdicts verdicts;

  SignIn(CommandLine line, ServerAddress server, ConversationOptions options) {
    this.line = line;
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
      case Password password -> run(password);
    };
  }

  private Optional<Outcome> run(Password password) throws LinkLostException {
    if (line.security() instanceof Security.Plain(var why)
        && options.encryption() != Encryption.NEVER) {
      return Optional.of(faults.signInInClear(why));
    }
    List<String> offered = line.offered().signIn();
    if (offered.isEmpty()) {
      return Optional.of(
          faults.offersNoSignIn(!line.isEncrypted() && line.offered().hasStartTls()));
    }
    List<Mechanism> ours =
        switch (password.mechanism()) {
          case ANY_OFFERED -> List.of(Mechanism.PLAIN, Mechanism.LOGIN);
          case PLAIN, LOGIN, NTLM -> List.of(password.mechanism());
        };
    List<Mechanism> common = ours.stream().filter(one -> offered.contains(one.name())).toList();
    if (common.isEmpty()) {
      return Optional.of(
          faults.noCommonMechanism(offered, ours.stream().map(Mechanism::name).toList()));
    }
    return tryEach(common, password);
  }

  /** A server that does not know what it offered is asked by the next; a refusal is final. */
  private Optional<Outcome> tryEach(List<Mechanism> mechanisms, Password password)
      throws LinkLostException {
    line.keepSecret(List.of(words(password), base64(password.password()), password.password()));
    Reply reply = Reply.MISSING;
    for (Mechanism mechanism : mechanisms) {
      reply = answer(mechanism, password);
      if (reply.code() != UNKNOWN_MECHANISM) {
        break;
      }
    }
    return reply.isPositive() ? Optional.empty() : Optional.of(meaning(reply));
  }

  private Outcome meaning(Reply reply) {
    return reply.code() / 100 == 5
        ? faults.signInRefused(reply)
        : verdicts.refusal(reply, Phase.AUTH);
  }

  private Reply answer(Mechanism mechanism, Password password) throws LinkLostException {
    Reply reply =
        switch (mechanism) {
          case PLAIN, ANY_OFFERED -> plain(password);
          case LOGIN -> login(password);
          case NTLM -> ntlm(password);
        };
    return reply.code() == GO_ON ? giveUp() : reply;
  }

  /** RFC 4616. Who does not take the words with the command asks for them. */
  private Reply plain(Password password) throws LinkLostException {
    String words = words(password);
    Reply reply = say("AUTH PLAIN " + words, "AUTH PLAIN " + SECRET);
    return reply.code() == GO_ON ? say(words, SECRET) : reply;
  }

  private Reply login(Password password) throws LinkLostException {
    String user = base64(password.user());
    String secret = base64(password.password());
    Reply reply = say("AUTH LOGIN", "AUTH LOGIN");
    if (reply.code() != GO_ON) {
      return reply;
    }
    reply = say(user, SECRET);
    return reply.code() == GO_ON ? say(secret, SECRET) : reply;
  }

  private Reply ntlm(Password password) throws LinkLostException {
    var silent = new MailLogger("io.leverans.mail.conversation.ntlm", "", false, System.err);
    Ntlm ntlm = new Ntlm("", options.ownName(), password.user(), password.password(), silent);
    Reply reply = say("AUTH NTLM " + ntlm.generateType1Msg(0, true), "AUTH NTLM " + SECRET);
    if (reply.code() != GO_ON) {
      return reply;
    }
    String proof;
    try {
      proof = ntlm.generateType3Msg(reply.text());
    } catch (RuntimeException _) {
      throw LinkLostException.unintelligible("the server's NTLM challenge makes no sense");
    }
    return say(proof, SECRET);
  }

  /** Takes back a sign-in that the server wants more words for (RFC 4954 §4). */
  private Reply giveUp() throws LinkLostException {
    Reply reply = say("*", "*");
    if (reply.code() / 100 == 5 || reply.code() / 100 == 4) {
      return reply;
    }
    throw LinkLostException.unintelligible(
        "the server asks on and on in the sign-in: " + reply.words());
  }

  private static String words(Password password) {
    return base64("\0" + password.user() + "\0" + password.password());
  }

  private Reply say(String words, String shown) throws LinkLostException {
    Duration time = options.timeouts().command();
    return line.signIn(words, shown, time);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
