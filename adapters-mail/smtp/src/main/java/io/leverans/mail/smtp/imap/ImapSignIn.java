package io.leverans.mail.smtp.imap;

import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.smtp.imap.ImapFaultException.Stage;
import io.leverans.mail.smtp.imap.ImapSession.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Says who we are (RFC 3501 §6.2). For one thread. */
final class ImapSignIn {
  private static final String SECRET = "***";
  private static final char SEPARATOR = '\1';

  /** Codes by which a server says that the fault is not in what we know (RFC 5530). */
  private static final Pattern NOT_OUR_FAULT =
      Pattern.compile("\\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\\b");

  private final ImapSession session;
  private final ImapServer server;

  ImapSignIn(ImapSession session, ImapServer server) {
    this.session = session;
    this.server = server;
  }

  void run() throws IOException {
    Answer answer =
        switch (server.credentials()) {
          case Credentials.None() ->
              throw ImapFaultException.noWay(
                  "There is nothing to sign in with.",
                  "Enter the mailbox's user name and password.");
          case Credentials.Password(var user, var password, _) -> password(user, password);
          case Credentials.BearerToken(var user, var token) -> token(user, token);
        };
    if (!answer.isOk()) {
      String words = "The server refuses the sign-in: " + answer.words();
      throw NOT_OUR_FAULT.matcher(answer.last().upper()).find()
          ? ImapFaultException.busy(Stage.SIGN_IN, words)
          : ImapFaultException.notLetIn(words);
    }
  }

  private Answer password(String user, String password) throws IOException {
    if (session.offers("AUTH=PLAIN")) {
      return authenticate("PLAIN", "\0" + user + "\0" + password, "");
    }
    if (session.offers("LOGINDISABLED")) {
      throw ImapFaultException.noWay(
          "The server takes no password here.",
          "Choose an encryption for the mailbox, or ask the server's admin how to sign in.");
    }
    if (!isAscii(user) || !isAscii(password)) {
      throw ImapFaultException.noWay(
          "The server takes user names and passwords in ASCII alone.",
          "Use a password without other letters for the mailbox.");
    }
    return session.command(
        "LOGIN " + ImapSession.quoted(user) + " " + ImapSession.quoted(password),
        "LOGIN " + SECRET + " " + SECRET);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F);
  }

  /** As Google and Microsoft tell it, or by RFC 7628. */
  private Answer token(String user, String token) throws IOException {
    String bearer = "auth=Bearer " + token + SEPARATOR + SEPARATOR;
    if (session.offers("AUTH=XOAUTH2")) {
      return authenticate("XOAUTH2", "user=" + user + SEPARATOR + bearer, "");
    }
    if (session.offers("AUTH=OAUTHBEARER")) {
      return authenticate(
          "OAUTHBEARER",
          "n,a=%s,%shost=%s%sport=%d%s"
                  .formatted(
                      user.replace("=", "=3D").replace(",", "=2C"),
                      SEPARATOR,
                      server.host(),
                      SEPARATOR,
                      server.port(),
                      SEPARATOR)
              + bearer,
          String.valueOf(SEPARATOR));
    }
    throw ImapFaultException.noWay(
        "The server takes no access of the provider's page for the mailbox.",
        "Enter a user name and password for the mailbox.");
  }

  /**
   * Puts it when asked for it. Why it is refused comes as a question of its own, which wants an
   * answer.
   */
  private Answer authenticate(String way, String words, String acknowledgement) throws IOException {
    var told = new AtomicBoolean();
    return session.commandWith(
        "AUTHENTICATE " + way,
        _ -> session.link().say(base64(told.getAndSet(true) ? acknowledgement : words), SECRET));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
