package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Envelope.Path;
import io.leverans.mail.simulator.LineReader.Command;
import io.leverans.mail.simulator.Reaction.AnswerLate;
import io.leverans.mail.simulator.Reaction.RefuseRecipient;
import io.leverans.mail.simulator.Reaction.RefuseRecipientOnce;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One client's conversation with the simulated mail server (RFC 5321). */
final class SmtpSession {
  /** The largest message taken, told in the SIZE extension (RFC 1870). */
  static final int MESSAGE_BYTES = 50 * 1024 * 1024;

  /** The server's name for itself. */
  static final String HOST = "mx.simulated.test";

  private static final int IDLE_MILLIS = 300_000;
  private static final String DONE = "250 2.0.0 Ok";
  private static final String WRONG_ORDER = "503 5.5.1 Bad sequence of commands";
  private static final String NO_PARAMETERS = "501 5.5.4 This command takes no parameters";

  private final Socket connection;
  private final MailHouse house;
  private LineReader in;
  private OutputStream out;
  private Optional<String> tls = Optional.empty();
  private @Nullable String client;
  private @Nullable Envelope envelope;
  private boolean open = true;

  SmtpSession(Socket connection, MailHouse house) throws IOException {
    this.connection = connection;
    this.house = house;
    connection.setTcpNoDelay(true);
    connection.setSoTimeout(IDLE_MILLIS);
    this.in = new LineReader(connection.getInputStream());
    this.out = new BufferedOutputStream(connection.getOutputStream());
  }

  /** Serves the client until one of the two hangs up. */
  void converse() throws IOException {
    say("220 " + HOST + " ESMTP Leverans simulator: nothing leaves this machine");
    try {
      while (open) {
        flushUnlessPipelined();
        Command command = in.readCommand();
        switch (command.ending()) {
          case CRLF -> obey(command.text());
          case NOT_CRLF -> say("500 5.5.2 A command ends with CR LF and holds neither elsewhere");
          case TOO_LONG -> say("500 5.5.2 Line too long");
        }
      }
      out.flush();
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
    if (!extended) {
      say("250 " + HOST);
      return;
    }
    say("250-" + HOST + " greets " + client);
    say("250-SIZE " + MESSAGE_BYTES);
    say("250-8BITMIME");
    say("250-SMTPUTF8");
    say("250-PIPELINING");
    if (tls.isEmpty()) {
      say("250-STARTTLS");
    }
    say("250 ENHANCEDSTATUSCODES");
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
    Optional<String> refusal = refusalOf(path.get());
    if (refusal.isPresent()) {
      say(refusal.get());
      return;
    }
    envelope = new Envelope(path.get().address());
    say("250 2.1.0 Ok");
  }

  private static Optional<String> refusalOf(Path sender) {
    boolean international = false;
    for (String parameter : sender.parameters()) {
      if (parameter.equals("SMTPUTF8")) {
        international = true;
      } else if (parameter.matches("SIZE=\\d{1,18}")) {
        if (Long.parseLong(parameter.substring("SIZE=".length())) > MESSAGE_BYTES) {
          return Optional.of("552 5.3.4 Message size exceeds " + MESSAGE_BYTES + " bytes");
        }
      } else if (!parameter.equals("BODY=7BIT") && !parameter.equals("BODY=8BITMIME")) {
        return Optional.of("555 5.5.4 Parameter not known");
      }
    }
    return sender.isAscii() || international
        ? Optional.empty()
        : Optional.of("550 5.6.7 This address needs SMTPUTF8");
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
    Reaction reaction = Behaviour.of(recipient).reaction();
    if (reaction instanceof RefuseRecipient(List<String> reply)) {
      refuse(reply, recipient);
      return;
    }
    if (reaction instanceof RefuseRecipientOnce(List<String> reply)
        && house.firstTimes().isFirst("RCPT " + current.returnPath() + ' ' + recipient)) {
      refuse(reply, recipient);
      return;
    }
    if (reaction instanceof AnswerLate) {
      dawdle();
    }
    current.add(recipient);
    say("250 2.1.5 Ok");
  }

  private void refuse(List<String> reply, String recipient) throws IOException {
    for (String line : reply) {
      say(line.replace("{recipient}", recipient));
    }
    if (reply.getFirst().startsWith("421")) {
      open = false;
    }
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
    out.flush();
    var reception = new Reception(house, envelope, client, tls);
    envelope = null;
    if (reception.isDroppedAtOnce()) {
      open = false;
      return;
    }
    var block = in.readMessage(MESSAGE_BYTES);
    answer(reception.end(block));
  }

  private void answer(Reception.End end) throws IOException {
    switch (end) {
      case Reception.Reply(String line) -> say(line);
      case Reception.LateReply(String line) -> {
        dawdle();
        say(line);
      }
      case Reception.HangUp _ -> open = false;
      case Reception.Silence _ -> {
        in.awaitEnd();
        open = false;
      }
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
    if (tls.isPresent() || client == null) {
      say(WRONG_ORDER);
      return;
    }
    if (in.hasMore()) {
      say("554 5.5.1 Nothing may follow STARTTLS before its answer");
      open = false;
      return;
    }
    say("220 2.0.0 Go ahead");
    out.flush();
    var secure = (SSLSocket) house.tls().getSocketFactory().createSocket(connection, null, 0, true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    tls = Optional.of(secure.getSession().getProtocol());
    in = new LineReader(secure.getInputStream());
    out = new BufferedOutputStream(secure.getOutputStream());
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
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
  }

  private void flushUnlessPipelined() throws IOException {
    if (!in.hasMore()) {
      out.flush();
    }
  }

  private void dawdle() throws IOException {
    out.flush();
    try {
      Thread.sleep(house.slowness());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(stopped);
    }
  }
}
