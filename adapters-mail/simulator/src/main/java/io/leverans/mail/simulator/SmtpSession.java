package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Answer.HangUp;
import io.leverans.mail.simulator.Answer.LateReply;
import io.leverans.mail.simulator.Answer.Reply;
import io.leverans.mail.simulator.Answer.Silence;
import io.leverans.mail.simulator.Envelope.Path;
import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.LineReader.Command;
import io.leverans.mail.simulator.SmtpRules.Origin;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One client's conversation with a simulated mail server (RFC 5321): its grammar and its order. */
final class SmtpSession {
  private static final String DONE = "250 2.0.0 Ok";
  private static final String WRONG_ORDER = "503 5.5.1 Bad sequence of commands";
  private static final String NO_PARAMETERS = "501 5.5.4 This command takes no parameters";

  private final SmtpConnection connection;
  private final SmtpRules rules;
  private final SSLContext encryption;
  private final Duration slowness;
  private @Nullable String client;
  private @Nullable Envelope envelope;
  private boolean open = true;

  /**
   * A conversation that has not begun.
   *
   * @param encryption what STARTTLS leads to
   * @param slowness how long a late reply takes
   */
  SmtpSession(
      SmtpConnection connection, SmtpRules rules, SSLContext encryption, Duration slowness) {
    this.connection = connection;
    this.rules = rules;
    this.encryption = encryption;
    this.slowness = slowness;
  }

  /** Serves the client until one of the two hangs up. */
  void converse() throws IOException {
    say("220 " + rules.host() + " ESMTP Leverans simulator: nothing leaves this machine");
    try {
      while (open) {
        Command command = connection.readCommand();
        switch (command.ending()) {
          case CRLF -> obey(command.text());
          case NOT_CRLF -> say("500 5.5.2 A command ends with CR LF and holds neither elsewhere");
          case TOO_LONG -> say("500 5.5.2 Line too long");
        }
      }
      connection.flush();
    } catch (EOFException _) {
      // clients may leave without a word
    }
  }

  private void obey(String line) throws IOException {
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : line.substring(space + 1);
    switch (verb) {
      case "EHLO" -> greet(rest, true);
      case "HELO" -> greet(rest, false);
      case "AUTH" -> signIn(rest);
      case "MAIL" -> mail(rest);
      case "RCPT" -> recipient(rest);
      case "DATA" -> data(rest);
      case "RSET" -> reset(rest);
      case "NOOP" -> say(DONE);
      case "VRFY" -> say("252 2.1.5 Send a mail and see");
      case "STARTTLS" -> startTls(rest);
      case "QUIT" -> quit();
      default -> say("500 5.5.1 Command not known");
    }
  }

  private void greet(String name, boolean extended) throws IOException {
    if (name.isBlank()) {
      say("501 5.5.4 Say your name");
      return;
    }
    client = name.strip();
    envelope = null;
    rules.greeted(client);
    if (!extended) {
      say("250 " + rules.host());
      return;
    }
    say("250-" + rules.host() + " greets " + client);
    List<String> extensions = rules.extensions(connection.tls()).lines();
    for (String extension : extensions.subList(0, extensions.size() - 1)) {
      say("250-" + extension);
    }
    say("250 " + extensions.getLast());
  }

  private void signIn(String rest) throws IOException {
    if (client == null || envelope != null) {
      say(WRONG_ORDER);
    } else {
      answer(rules.signIn(rest, connection));
    }
  }

  private void mail(String rest) throws IOException {
    if (client == null || envelope != null) {
      say(WRONG_ORDER);
      return;
    }
    Optional<Path> path = pathAfter("FROM:", rest);
    if (path.isEmpty()) {
      say("501 5.1.7 Syntax: MAIL FROM:<address>");
      return;
    }
    String returnPath = path.get().address();
    Optional<Reply> refusal =
        rules
            .extensions(connection.tls())
            .refusalOf(path.get())
            .or(() -> rules.refusalOf(returnPath));
    if (refusal.isPresent()) {
      answer(refusal.get());
      return;
    }
    envelope = new Envelope(returnPath);
    say("250 2.1.0 Ok");
  }

  private void recipient(String rest) throws IOException {
    if (envelope == null) {
      say(WRONG_ORDER);
      return;
    }
    Optional<Path> path = pathAfter("TO:", rest).filter(found -> !found.address().isEmpty());
    if (path.isEmpty()) {
      say("501 5.1.3 Syntax: RCPT TO:<address>");
    } else if (!path.get().parameters().isEmpty()) {
      say("555 5.5.4 Parameter not known");
    } else if (envelope.recipients().size() == Envelope.RECIPIENTS) {
      say("452 4.5.3 Too many recipients");
    } else {
      address(envelope, path.get().address());
    }
  }

  private void address(Envelope current, String recipient) throws IOException {
    Answer answer = rules.recipient(current, recipient);
    if (isPositive(answer)) {
      current.add(recipient);
    }
    answer(answer);
  }

  private static boolean isPositive(Answer answer) {
    return switch (answer) {
      case Reply reply -> reply.isPositive();
      case LateReply(Reply reply) -> reply.isPositive();
      case HangUp _, Silence _ -> false;
    };
  }

  private void data(String rest) throws IOException {
    if (!rest.isEmpty()) {
      say(NO_PARAMETERS);
      return;
    }
    if (envelope == null || client == null) {
      say(WRONG_ORDER);
      return;
    }
    if (envelope.recipients().isEmpty()) {
      say("554 5.5.1 No valid recipients");
      return;
    }
    say("354 End with a dot on a line of its own");
    Envelope current = envelope;
    envelope = null;
    if (rules.hangsUpInData(current)) {
      open = false;
      return;
    }
    Extensions extensions = rules.extensions(connection.tls());
    Block block = connection.readMessage(extensions.messageBytes());
    answer(
        block.tooLarge()
            ? extensions.tooLarge()
            : rules.end(current, new Origin(client, connection.tls()), block));
  }

  private void answer(Answer answer) throws IOException {
    switch (answer) {
      case Reply reply -> answer(reply);
      case LateReply(Reply reply) -> {
        dawdle();
        answer(reply);
      }
      case HangUp _ -> open = false;
      case Silence _ -> {
        connection.awaitEnd();
        open = false;
      }
    }
  }

  private void answer(Reply reply) throws IOException {
    for (String line : reply.lines()) {
      say(line);
    }
    if (reply.isFarewell()) {
      open = false;
    }
  }

  private void reset(String rest) throws IOException {
    if (!rest.isEmpty()) {
      say(NO_PARAMETERS);
      return;
    }
    envelope = null;
    say(DONE);
  }

  private void startTls(String rest) throws IOException {
    if (!rest.isEmpty()) {
      say(NO_PARAMETERS);
      return;
    }
    if (connection.tls().isPresent() || client == null) {
      say(WRONG_ORDER);
      return;
    }
    if (connection.hasMore()) {
      say("554 5.5.1 Nothing may follow STARTTLS before its answer");
      open = false;
      return;
    }
    say("220 2.0.0 Go ahead");
    connection.encrypt(encryption);
    rules.encrypted();
    client = null;
    envelope = null;
  }

  private void quit() throws IOException {
    say("221 2.0.0 Bye");
    open = false;
  }

  private static Optional<Path> pathAfter(String keyword, String rest) {
    return rest.regionMatches(true, 0, keyword, 0, keyword.length())
        ? Path.parse(rest.substring(keyword.length()))
        : Optional.empty();
  }

  private void say(String line) throws IOException {
    connection.say(line);
  }

  private void dawdle() throws IOException {
    connection.flush();
    try {
      Thread.sleep(slowness);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(stopped);
    }
  }
}
