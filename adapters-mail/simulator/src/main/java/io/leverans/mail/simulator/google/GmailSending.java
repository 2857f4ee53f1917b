package io.leverans.mail.simulator.google;

import io.leverans.mail.simulator.google.OutgoingMail.Reading.Refused;
import io.leverans.mail.simulator.google.OutgoingMail.Reading.Sendable;
import io.leverans.mail.simulator.signin.SimulatedAccount;
import io.leverans.mail.simulator.signin.SimulatedSignIn;
import io.leverans.mail.simulator.web.WebAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Takes mail of accounts, keeps a copy and passes it on. Safe for use by many threads. */
final class GmailSending {
  private static final Duration QUOTA_TIME = Duration.ofHours(1);

  private final Mailboxes mailboxes;
  private final SimulatedSignIn signIn;
  private final Surroundings world;
  private final DomainSigner signer;
  private final Quotas quotas;
  private final Set<String> attempted = new HashSet<>();

  GmailSending(
      Mailboxes mailboxes, SimulatedSignIn signIn, Surroundings world, GoogleSettings settings) {
    this.mailboxes = mailboxes;
    this.signIn = signIn;
    this.world = world;
    this.signer = new DomainSigner(world);
    this.quotas = new Quotas(settings.quotaPause());
  }

  WebAnswer send(SimulatedAccount account, Submission submission) {
    Instant now = world.clock().instant();
    Optional<String> thread = submission.threadId();
    if (thread.isPresent() && mailboxes.of(account).thread(thread.get()).isEmpty()) {
      return GoogleError.notFound().answer();
    }
    return switch (OutgoingMail.read(submission.mail(), account, now)) {
      case Refused(GoogleError why) -> why.answer();
      case Sendable(OutgoingMail mail) ->
          refusal(account, mail, now)
              .<WebAnswer>map(GoogleError::answer)
              .orElseGet(() -> taken(account, mail, thread, now));
    };
  }

  private Optional<GoogleError> refusal(SimulatedAccount account, OutgoingMail mail, Instant now) {
    Optional<GoogleQuirk> quirk = GoogleQuirk.of(account);
    if (quirk.isEmpty()) {
      return Optional.empty();
    }
    return switch (quirk.get()) {
      case QUOTA_SPENT -> Optional.of(GoogleError.quotaSpent(now.plus(QUOTA_TIME)));
      case QUOTA_AFTER_3 -> quotas.take(account.address(), now).map(GoogleError::quotaSpent);
      case DAILY_LIMIT -> Optional.of(GoogleError.dailyLimit());
      case BACKEND_ERROR ->
          isFirst(mail.messageId()) ? Optional.of(GoogleError.backendError()) : Optional.empty();
      case LOST_ANSWER, TOKEN_EXPIRED, REVOKED, NO_SENDING, NO_GMAIL, NEW_MESSAGE_ID ->
          Optional.empty();
    };
  }

  private boolean isFirst(String messageId) {
    synchronized (attempted) {
      return attempted.add(messageId);
    }
  }

  private WebAnswer taken(
      SimulatedAccount account, OutgoingMail mail, Optional<String> thread, Instant now) {
    SimulatedMail copy = mailboxes.of(account).add(mail.ofSender(), Set.of("SENT"), now, thread);
    world.deliver(
        account.address(), mail.recipients(), signer.sign(mail.ofRecipients(), account.domain()));
    if (GoogleQuirk.REVOKED.isOf(account)) {
      signIn.removeAccess(account);
    }
    return GoogleQuirk.LOST_ANSWER.isOf(account)
        ? new WebAnswer.HangUp()
        : WebAnswer.json(200, MailJson.sent(copy));
  }
}
