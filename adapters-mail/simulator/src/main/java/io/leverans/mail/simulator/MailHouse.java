package io.leverans.mail.simulator;

import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/** What all conversations of the world's mail server share. */
record MailHouse(
    SimulatedInbox inbox,
    FirstTimes firstTimes,
    ReportMailer mailer,
    SSLContext tls,
    Duration slowness,
    InstantSource clock) {}
