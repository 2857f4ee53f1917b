package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Answer.HangUp;
import io.leverans.mail.simulator.Answer.Reply;
import io.leverans.mail.simulator.Answer.Silence;
import io.leverans.mail.simulator.CompanySettings.SignIn;
import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.SignInExchange.Bearer;
import io.leverans.mail.simulator.SignInExchange.Broken;
import io.leverans.mail.simulator.SignInExchange.Credentials;
import io.leverans.mail.simulator.microsoft.SimulatedMicrosoft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The company's mail server: it takes mail from users who signed in, and passes it on. */
final class CompanyRules implements SmtpRules {
  private static final int SMALL_BYTES = 10_000;
  private static final int MESSAGES = 3;
  private static final int FAILED_SIGN_INS = 10;
  private static final int ONE_OF = 3;
  private static final Reply NOT_BY_SMTP =
      Answer.reply(
          "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
              + " Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.");

  private final Relay relay;
  private final Accounts accounts;
  private final FirstTimes firstTimes;
  private final SignIn signIn;
  private final SimulatedMicrosoft microsoft;
  private Set<Quirk> ofClient = EnumSet.noneOf(Quirk.class);
  private Optional<String> user = Optional.empty();
  private int failures;
  private int messages;
  private int recipients;

  CompanyRules(
      Relay relay,
      Accounts accounts,
      FirstTimes firstTimes,
      SignIn signIn,
      SimulatedMicrosoft microsoft) {
    this.relay = relay;
    this.accounts = accounts;
    this.firstTimes = firstTimes;
    this.signIn = signIn;
    this.microsoft = microsoft;
  }

  @Override
  public String host() {
    return SimulatedCompany.HOST;
  }

  @Override
  public void greeted(String client) {
    ofClient = Quirk.ofClient(client);
  }

  @Override
  public void encrypted() {
    user = Optional.empty();
    ofClient = EnumSet.noneOf(Quirk.class);
  }

  @Override
  public Extensions extensions(Optional<String> tls) {
    List<String> keywords = new ArrayList<>();
    if (!has(Quirk.NO_UTF8)) {
      keywords.add(Extensions.EIGHT_BIT);
      keywords.add(Extensions.INTERNATIONAL);
    }
    keywords.add("PIPELINING");
    if (tls.isEmpty()) {
      keywords.add(Extensions.STARTTLS);
    }
    if (maySignIn(tls)) {
      keywords.add("AUTH PLAIN LOGIN XOAUTH2");
    }
    keywords.add("ENHANCEDSTATUSCODES");
    return new Extensions(has(Quirk.SIZE_SMALL) ? SMALL_BYTES : Extensions.USUAL_BYTES, keywords);
  }

  private boolean maySignIn(Optional<String> tls) {
    return tls.isPresent() || signIn == SignIn.ALWAYS;
  }

  private boolean has(Quirk quirk) {
    return ofClient.contains(quirk)
        || user.filter(name -> Quirk.ofUser(name).contains(quirk)).isPresent();
  }

  @Override
  public Reply signIn(String arguments, SmtpConnection connection) throws IOException {
    if (user.isPresent()) {
      return Answer.reply("503 5.5.1 You have signed in already");
    }
    if (!maySignIn(connection.tls())) {
      return Answer.reply("538 5.7.11 Encrypt the connection first: STARTTLS");
    }
    var exchange = new SignInExchange(connection);
    Reply reply =
        switch (exchange.ask(arguments)) {
          case Broken(Reply broken) -> broken;
          case Credentials credentials -> signIn(credentials);
          case Bearer bearer -> {
            Reply answer = signIn(bearer);
            yield answer.isPositive() ? answer : exchange.refuseBearer(answer);
          }
        };
    if (reply.isPositive()) {
      return reply;
    }
    failures++;
    return failures < FAILED_SIGN_INS ? reply : Answer.reply("421 4.7.0 Too many failures");
  }

  private Reply signIn(Credentials credentials) {
    String name = credentials.user();
    Set<Quirk> quirks = quirksOf(name);
    if (quirks.contains(Quirk.NO_SMTP)) {
      return NOT_BY_SMTP;
    }
    if (quirks.contains(Quirk.LOCKED)) {
      return Answer.reply(
          "535 5.7.139 Authentication unsuccessful, basic authentication is disabled");
    }
    if (quirks.contains(Quirk.TEMPORARY_AUTH)
        && firstTimes.isFirst("AUTH " + name.toLowerCase(Locale.ROOT))) {
      return Answer.reply("454 4.7.0 Temporary authentication failure");
    }
    if (!accounts.letsIn(name, credentials.password())) {
      return Answer.reply("535 5.7.8 Authentication failed: user name or password is wrong");
    }
    user = Optional.of(name);
    return Answer.reply("235 2.7.0 Authentication succeeded");
  }

  private Set<Quirk> quirksOf(String name) {
    Set<Quirk> quirks = EnumSet.copyOf(ofClient);
    quirks.addAll(Quirk.ofUser(name));
    return quirks;
  }

  private Reply signIn(Bearer bearer) {
    if (quirksOf(bearer.user()).contains(Quirk.NO_SMTP)) {
      return NOT_BY_SMTP;
    }
    if (!microsoft.letsIn(bearer.user(), bearer.token())) {
      return Answer.reply("535 5.7.3 Authentication unsuccessful");
    }
    user = Optional.of(bearer.user());
    return Answer.reply("235 2.7.0 Authentication succeeded");
  }

  @Override
  public Optional<Reply> refusalOf(String returnPath) {
    if (user.isEmpty()) {
      return Optional.of(Answer.reply("530 5.7.0 Authentication required"));
    }
    if (has(Quirk.OWN_SENDER_ONLY) && !returnPath.equalsIgnoreCase(user.get())) {
      return Optional.of(
          Answer.reply("550 5.7.60 SMTP; Client does not have permissions to send as this sender"));
    }
    if (has(Quirk.BUSY_AFTER_3) && messages == MESSAGES) {
      return Optional.of(Answer.reply("421 4.7.0 Too many messages on this connection"));
    }
    recipients = 0;
    return Optional.empty();
  }

  @Override
  public Answer recipient(Envelope envelope, String recipient) {
    if (has(Quirk.NO_UTF8) && !RawMail.isAscii(recipient.getBytes(StandardCharsets.UTF_8))) {
      return Answer.reply("553 5.6.7 This address needs SMTPUTF8");
    }
    recipients++;
    if (has(Quirk.ONE_OF_THREE)
        && recipients % ONE_OF == 0
        && firstTimes.isFirst("RCPT " + user.orElse("") + ' ' + recipient)) {
      return Answer.reply("451 4.3.0 <" + recipient + ">: Temporary lookup failure");
    }
    return Answer.reply("250 2.1.5 Ok");
  }

  @Override
  public boolean hangsUpInData(Envelope envelope) {
    return false;
  }

  @Override
  public Answer end(Envelope envelope, Origin origin, Block block) {
    if (has(Quirk.NO_UTF8) && !RawMail.isAscii(block.bytes())) {
      return Answer.reply("554 5.6.1 8-bit content needs 8BITMIME");
    }
    messages++;
    relay.take(envelope, new Origin(SimulatedCompany.HOST, origin.tls()), block);
    if (has(Quirk.HANGS_AFTER_DOT)) {
      return new Silence();
    }
    return has(Quirk.DROP_AFTER_DOT) ? new HangUp() : Answer.reply("250 2.0.0 Ok, queued");
  }
}
