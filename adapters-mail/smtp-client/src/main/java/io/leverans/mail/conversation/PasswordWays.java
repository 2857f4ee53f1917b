package io.leverans.mail.conversation;

import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.Credentials.Password;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.eclipse.angus.mail.auth.Ntlm;
import org.eclipse.angus.mail.util.MailLogger;

/** Puts a password. */
final class PasswordWays implements SignInWays {
  private static final String SECRET = "***";

  private final CommandLine line;
  private final Duration time;
  private final String ownName;
  private final Password password;

  PasswordWays(CommandLine line, ConversationOptions options, Password password) {
    this.line = line;
    this.time = options.timeouts().command();
    this.ownName = options.ownName();
    this.password = password;
  }

  @Override
  public List<String> names() {
    return switch (password.mechanism()) {
      case ANY_OFFERED -> List.of(Mechanism.PLAIN.name(), Mechanism.LOGIN.name());
      case PLAIN, LOGIN, NTLM -> List.of(password.mechanism().name());
    };
  }

  @Override
  public List<String> secrets() {
    return List.of(words(), base64(password.password()), password.password());
  }

  @Override
  public Reply put(String name) throws LinkLostException {
    Reply reply =
        switch (Mechanism.valueOf(name)) {
          case PLAIN, ANY_OFFERED -> plain();
          case LOGIN -> login();
          case NTLM -> ntlm();
        };
    return reply.code() == GO_ON ? giveUp() : reply;
  }

  /** RFC 4616. Who does not take the words with the command asks for them. */
  private Reply plain() throws LinkLostException {
    String words = words();
    Reply reply = say("AUTH PLAIN " + words, "AUTH PLAIN " + SECRET);
    return reply.code() == GO_ON ? say(words, SECRET) : reply;
  }

  private Reply login() throws LinkLostException {
    String user = base64(password.user());
    String secret = base64(password.password());
    Reply reply = say("AUTH LOGIN", "AUTH LOGIN");
    if (reply.code() != GO_ON) {
      return reply;
    }
    reply = say(user, SECRET);
    return reply.code() == GO_ON ? say(secret, SECRET) : reply;
  }

  private Reply ntlm() throws LinkLostException {
    var silent = new MailLogger("io.leverans.mail.conversation.ntlm", "", false, System.err);
    Ntlm ntlm = new Ntlm("", ownName, password.user(), password.password(), silent);
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

  private String words() {
    return base64("\0" + password.user() + "\0" + password.password());
  }

  private Reply say(String words, String shown) throws LinkLostException {
    return line.signIn(words, shown, time);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
