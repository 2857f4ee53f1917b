package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Answer.Reply;
import io.leverans.mail.simulator.LineReader.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Asks a client for user name and password (RFC 4954), by PLAIN (RFC 4616) or LOGIN. */
final class SignInExchange {
  private static final Reply MALFORMED = Answer.reply("501 5.5.2 Cannot make sense of this");
  private static final Reply CANCELLED = Answer.reply("501 5.7.0 Cancelled, as you wish");
  private static final Reply NOT_OFFERED =
      Answer.reply("504 5.5.4 This way of signing in is not offered");

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
