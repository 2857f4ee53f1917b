package io.leverans.mail.gmail;

import com.google.api.client.json.GenericJson;
import io.leverans.application.port.provider.Proof;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.identity.EmailAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tries an account's access without sending. Safe for use by many threads. */
final class AccountProof {
  private static final long MEGA = 1024 * 1024;

  private static final Set<Meaning> TOO_MUCH_ASKED =
      Set.of(Meaning.TOO_FAST, Meaning.ACCOUNT_SPENT, Meaning.PROJECT_SPENT);

  private final GmailApi api;

  AccountProof(GmailApi api) {
    this.api = api;
  }

  Proof of(OpenChannel channel, Optional<EmailAddress> sender) {
    Diary diary = new Diary();
    Optional<Account> account = Account.of(channel.settings());
    Optional<ChannelFault> fault =
        account
            .map(known -> fault(known, channel, diary))
            .orElseGet(() -> Optional.of(Faults.signIn("No account is connected.")));
    if (fault.isPresent()) {
      return new Proof.Fails(fault.get(), Optional.empty(), diary.lines());
    }
    return new Proof.Works(findings(account.orElseThrow(), channel, sender), diary.lines());
  }

  private Optional<ChannelFault> fault(Account account, OpenChannel channel, Diary diary) {
    if (!account.scopes().contains(Scopes.SEND)) {
      return Optional.of(
          Faults.scopeMissing("Google was not allowed to let the platform send mail."));
    }
    try {
      GoogleAnswer answer = api.userInfo(channel.settings(), diary);
      if (answer.isSuccess()) {
        return owner(account, GoogleAnswer.JSON.fromString(answer.body(), GenericJson.class));
      }
      String words = "Google said: " + answer.words();
      return Optional.of(isRefused(answer) ? Faults.signIn(words) : Faults.notReached(words));
    } catch (IOException | IllegalArgumentException broken) {
      return Optional.of(
          Faults.notReached(
              "Google could not be asked whose account it is: " + broken.getMessage()));
    }
  }

  /** Too many questions, from whomever, say nothing of the account's access. */
  private static boolean isRefused(GoogleAnswer answer) {
    return answer.status() / 100 == 4 && !TOO_MUCH_ASKED.contains(Meaning.of(answer));
  }

  /** By its id for ever: its address may have become another. */
  private static Optional<ChannelFault> owner(Account account, GenericJson owner) {
    return account.id().equals(owner.get("sub"))
        ? Optional.empty()
        : Optional.of(
            Faults.otherAccount(
                "The access belongs to %s and not to %s."
                    .formatted(owner.get("email"), account.address()),
                "Connect the account again and choose %s on Google's page."
                    .formatted(account.address())));
  }

  private static List<String> findings(
      Account account, OpenChannel channel, Optional<EmailAddress> sender) {
    List<String> findings = new ArrayList<>();
    findings.add("Mail goes out from " + account.address() + ", and Gmail keeps a copy in Sent.");
    sender
        .filter(address -> !address.sameMailbox(account.address()))
        .ifPresent(
            address ->
                findings.add(
                    "Recipients see %s and not %s. Answers go to the latter only if the identity asks"
                            .formatted(account.address(), address)
                        + " for it."));
    findings.add(
        Scopes.mayLookUp(channel.settings())
            ? "Where Google's answer gets lost, the platform looks into the Sent folder by itself."
            : "Where Google's answer gets lost, the message waits for your word: the platform may"
                + " send, and may not look into the mailbox.");
    if (Scopes.mayReadReports(channel.settings())) {
      findings.add(
          "Bounces are read in the mailbox every minute, and nothing is changed there. Of other"
              + " mail a few lines of the header are looked at, and nothing is kept.");
    }
    findings.add("Messages can be up to %d MB.".formatted(Limits.LARGEST_MESSAGE / MEGA));
    Limits.of(channel.settings()).stream().map(AccountProof::words).forEach(findings::add);
    return findings;
  }

  private static String words(Limit limit) {
    return "Google lets the account send %d %s in %s."
        .formatted(
            limit.atMost(),
            switch (limit.counted()) {
              case MESSAGES -> limit.atMost() == 1 ? "message" : "messages";
              case RECIPIENTS -> "copies, one for each recipient,";
            },
            limit.window().toHours() > 0
                ? limit.window().toHours() + " hours"
                : limit.window().toSeconds() + " second");
  }
}
