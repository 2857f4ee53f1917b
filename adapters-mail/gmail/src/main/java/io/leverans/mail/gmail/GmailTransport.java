package io.leverans.mail.gmail;

import com.google.api.services.gmail.model.Message;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Hands mail to Gmail: a whole message, in one request that is made once. */
final class GmailTransport implements MailTransport {
  private static final String TOO_LARGE =
      "The finished message is larger than the 25 MB that Gmail takes.";

  private final GmailApi api;
  private final Letterhead letterhead;
  private final Conversations conversations;
  private final Verdicts verdicts;

  GmailTransport(
      GmailApi api, Letterhead letterhead, Conversations conversations, Verdicts verdicts) {
    this.api = api;
    this.letterhead = letterhead;
    this.conversations = conversations;
    this.verdicts = verdicts;
  }

  @Override
  public AttemptReport attempt(Dispatch dispatch, OpenChannel channel, HandOver handOver) {
    Diary diary = new Diary();
    Outcome outcome = outcome(dispatch, channel, handOver, diary);
    return new AttemptReport(
        dispatch.envelopes().stream().collect(Collectors.toMap(Envelope::delivery, _ -> outcome)),
        diary.hop(),
        diary.lines());
  }

  private Outcome outcome(Dispatch dispatch, OpenChannel channel, HandOver handOver, Diary diary) {
    Header header = Header.of(dispatch.content());
    Octets content = letterhead.asHandedOver(dispatch, Addressees.of(dispatch).blind(header));
    if (content.size() > Limits.LARGEST_MESSAGE) {
      return verdicts.rejected(Cause.MESSAGE_TOO_LARGE, TOO_LARGE);
    }
    if (channel.settings().find(Account.ACCESS_TOKEN).isEmpty()) {
      return Verdicts.soon(Faults.signIn("There is no access token for the account."));
    }
    Optional<String> thread = conversations.of(dispatch, header, channel, diary);
    Crossing crossing = new Crossing(dispatch, handOver, diary);
    Sending sending = new Sending(api, channel.settings(), crossing, diary);
    return handOver(sending, content, thread, crossing, diary);
  }

  private Outcome handOver(
      Sending sending, Octets content, Optional<String> thread, Crossing crossing, Diary diary) {
    try {
      GoogleAnswer answer = sending.send(content, thread);
      return answer.isSuccess()
          ? accepted(answer, crossing)
          : refused(answer, thread, crossing, diary);
    } catch (NotPermittedException held) {
      return notPermitted(held);
    } catch (SenselessAnswerException senseless) {
      return verdicts.untold(Cause.PROTOCOL_ERROR, words(senseless), crossing.side());
    } catch (IOException broken) {
      return verdicts.untold(cause(broken), words(broken), crossing.side());
    }
  }

  private Outcome notPermitted(NotPermittedException held) {
    return switch (held.permission()) {
      case CANCELLED ->
          verdicts.deferred(
              Cause.UNDETERMINED, "The message was withdrawn before it was handed over.");
      case LEASE_LOST, GO ->
          verdicts.deferred(Cause.UNDETERMINED, "Another node has taken the message over.");
      case LANE_CLOSED -> new Outcome.HeldBack(Duration.ZERO);
    };
  }

  private Outcome refused(
      GoogleAnswer answer, Optional<String> thread, Crossing crossing, Diary diary) {
    diary.note("Google said: " + answer.words());
    Meaning meaning = Meaning.of(answer);
    boolean ofThread =
        thread.isPresent() && (meaning == Meaning.THREAD || meaning == Meaning.NOT_FOUND);
    if (ofThread) {
      conversations.forget(thread.get());
      return verdicts.withoutThread(answer);
    }
    return verdicts.of(answer, crossing.side());
  }

  /** An answer without an id is none: nobody could find the message by it. */
  private Outcome accepted(GoogleAnswer answer, Crossing crossing) {
    try {
      Message sent = GoogleAnswer.JSON.fromString(answer.body(), Message.class);
      if (sent != null && sent.getId() != null && !sent.getId().isEmpty()) {
        String thread = Objects.requireNonNullElse(sent.getThreadId(), sent.getId());
        return new Outcome.Accepted(
            Evidence.PROVIDER, new SentReference(sent.getId(), thread).toString());
      }
    } catch (IOException | RuntimeException _) {
      // told below, as for an answer that says nothing
    }
    return verdicts.untold(
        Cause.PROTOCOL_ERROR, "Google's answer does not name the message.", crossing.side());
  }

  private static Cause cause(IOException broken) {
    return broken instanceof SSLException ? Cause.TLS_FAILURE : Cause.NETWORK_FAILURE;
  }

  private static String words(IOException broken) {
    return switch (broken) {
      case UnknownHostException _ -> "Google's host name could not be looked up.";
      case SocketTimeoutException _ -> "Google could not be reached in time.";
      default -> "The request to Google failed: " + broken.getMessage() + ".";
    };
  }
}
