package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Answer.Reply;
import io.leverans.mail.simulator.LineReader.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a client who it is (RFC 4954): for user name and password by PLAIN (RFC 4616) or LOGIN, or
 * for an access token by XOAUTH2.
 */
final class SignInExchange {
  private static final Reply MALFORMED = Answer.reply("501 5.5.2 Cannot make sense of this");
  private static final Reply CANCELLED = Answer.reply("501 5.7.0 Cancelled, as you wish");
  private static final Reply NOT_OFFERED =
      Answer.reply("504 5.5.4 This way of signing in is not offered");

  private static final Pattern XOAUTH2 =
      Pattern.compile("user=([^\\x01]+)\\x01auth=Bearer ([!-~]+)\\x01\\x01");

  private final SmtpConnection connection;

  SignInExchange(SmtpConnection connection) {
    this.connection = connection;
  }

  /** How the exchange ended. */
  sealed interface Result {}

  record Credentials(String user, String password) implements Result {
    @Override
    public String toString() {
      return "Credentials of " + user;
    }
  }

  /** An access token in place of a password. */
  record Bearer(String user, String token) implements Result {
    @Override
    public String toString() {
      return "Bearer of " + user;
    }
  }

  record Broken(Reply reply) implements Result {}

  /** Carries the exchange out that AUTH with these arguments begins. */
  Result ask(String arguments) throws IOException {
    List<String> words = List.of(arguments.strip().split(" +", 2));
    String initial = words.size() == 2 ? words.get(1) : "";
    try {
      return switch (words.getFirst().toUpperCase(Locale.ROOT)) {
        case "PLAIN" -> plain(initial.isEmpty() ? challenge("") : decoded(initial));
        case "LOGIN" ->
            new Credentials(
                initial.isEmpty() ? challenge("Username:") : decoded(initial),
                challenge("Password:"));
        case "XOAUTH2" -> bearer(initial.isEmpty() ? challenge("") : decoded(initial));
        default -> new Broken(NOT_OFFERED);
      };
    } catch (Abandoned abandoned) {
      return new Broken(abandoned.reply);
    }
  }

  private static Result plain(String message) {
    List<String> parts = List.of(message.split("\0", -1));
    if (parts.size() != 3 || !(parts.getFirst().isEmpty() || parts.get(0).equals(parts.get(1)))) {
      return new Broken(MALFORMED);
    }
    return new Credentials(parts.get(1), parts.get(2));
  }

  private static Result bearer(String message) {
    Matcher parts = XOAUTH2.matcher(message);
    return parts.matches() ? new Bearer(parts.group(1), parts.group(2)) : new Broken(MALFORMED);
  }

  /** Tells in a challenge why a token is refused; the client says an empty line to hear the end. */
  Reply refuseBearer(Reply reply) throws IOException {
    try {
      String answer =
          challenge("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"SMTP.Send\"}");
      return answer.isEmpty() ? reply : MALFORMED;
    } catch (Abandoned abandoned) {
      return abandoned.reply;
    }
  }

  private String challenge(String words) throws IOException, Abandoned {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    connection.say("334 " + Base64.getEncoder().encodeToString(bytes));
    Command answer = connection.readCommand();
    if (answer.ending() != LineReader.Ending.CRLF) {
      throw new Abandoned(MALFORMED);
    }
    if (answer.text().equals("*")) {
      throw new Abandoned(CANCELLED);
    }
    return decoded(answer.text());
  }

  private static String decoded(String base64) throws Abandoned {
    if (base64.equals("=")) {
      return "";
    }
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Abandoned(MALFORMED);
    }
  }

  /** The client gave up or cannot be understood. */
  private static final class Abandoned extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Reply reply;

    Abandoned(Reply reply) {
      super(reply.lines().getFirst());
      this.reply = reply;
    }
  }
}
