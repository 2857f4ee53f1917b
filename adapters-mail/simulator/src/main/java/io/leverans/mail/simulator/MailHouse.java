package io.leverans.mail.simulator;

import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.SmtpRules.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/** What all conversations of a mail server share. */
record MailHouse(
    SimulatedInbox inbox,
    FirstTimes firstTimes,
    ReportMailer mailer,
    SSLContext tls,
    Duration slowness,
    InstantSource clock) {

  /** Another server in the same world, with its own certificate and its own memory. */
  MailHouse withTls(SSLContext context) {
    return new MailHouse(inbox, new FirstTimes(), mailer, context, slowness, clock);
  }

  /** A mail as it stands before its recipient, not yet in the inbox. */
  ArrivedMail mail(
      String recipient, String returnPath, Instant arrivedAt, Origin origin, Block block) {
    return new ArrivedMail(
        recipient, returnPath, arrivedAt, origin.client(), origin.tls(), block, inbox);
  }
}
