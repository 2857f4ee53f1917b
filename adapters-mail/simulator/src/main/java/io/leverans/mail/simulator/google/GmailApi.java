package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.mail.simulator.google.MailJson.Format;
import io.leverans.mail.simulator.signin.Access;
import io.leverans.mail.simulator.signin.SimulatedAccount;
import io.leverans.mail.simulator.signin.SimulatedSignIn;
import io.leverans.mail.simulator.signin.TokenSource;
import io.leverans.mail.simulator.web.Fields;
import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of the Gmail API that sends and reads mail. Safe for use by many threads. */
final class GmailApi {
  private static final Pattern PATH =
      Pattern.compile("(/upload|/resumable/upload)?/gmail/v1/users/([^/]+)/([a-z]+)(?:/([^/]+))?");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
  private static final int USUAL_RESULTS = 100;

  private final SimulatedSignIn signIn;
  private final Mailboxes mailboxes;
  private final GmailSending sending;
  private final Uploads uploads;

  GmailApi(SimulatedSignIn signIn, Mailboxes mailboxes, GmailSending sending) {
    this.signIn = signIn;
    this.mailboxes = mailboxes;
    this.sending = sending;
    this.uploads = new Uploads(sending);
  }

  /** What is asked for: {@code users/USER/COLLECTION/ITEM}. */
  private record Target(String upload, String user, String collection, String item) {}

  WebAnswer answer(WebRequest request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return GoogleError.notFound().answer();
    }
    Optional<Access> access = request.bearer().flatMap(signIn::grantOf).filter(GmailApi::isGood);
    if (access.isEmpty()) {
      return GoogleError.badCredentials().answer();
    }
    var target = new Target(text(path, 1), text(path, 2), text(path, 3), text(path, 4));
    SimulatedAccount account = access.get().grant().account();
    if (!target.user().equals("me") && !target.user().equalsIgnoreCase(account.address())) {
      return GoogleError.forbidden("Delegation denied for " + account.address()).answer();
    }
    if (GoogleQuirk.NO_GMAIL.isOf(account)) {
      return GoogleError.noGmail().answer();
    }
    return request.method().equals("GET")
        ? read(target, access.get(), request.query())
        : send(target, access.get(), request);
  }

  private static String text(Matcher path, int group) {
    return Optional.ofNullable(path.group(group)).orElse("");
  }

  private static boolean isGood(Access access) {
    return access.source() != TokenSource.CODE
        || !GoogleQuirk.TOKEN_EXPIRED.isOf(access.grant().account());
  }

  private WebAnswer send(Target target, Access access, WebRequest request) {
    if (!target.collection().equals("messages") || !target.item().equals("send")) {
      return GoogleError.notFound().answer();
    }
    if (!GoogleScopes.maySend(access.grant().scopes())) {
      return GoogleError.notAllowed().answer();
    }
    SimulatedAccount account = access.grant().account();
    if (!target.upload().isEmpty()) {
      return uploads.take(account, request);
    }
    return SentJson.submission(SentJson.read(request.body()))
        .map(submission -> sending.send(account, submission))
        .orElseGet(
            () ->
                GoogleError.invalid(
                        "'raw' RFC822 payload message string or uploading message via /upload/* URL"
                            + " required")
                    .answer());
  }

  private WebAnswer read(Target target, Access access, Fields query) {
    Set<String> scopes = access.grant().scopes();
    if (!GoogleScopes.maySeeHeaders(scopes)) {
      return GoogleError.notAllowed().answer();
    }
    Mailbox mailbox = mailboxes.of(access.grant().account());
    return switch (target.collection()) {
      case "profile" -> profile(access.grant().account(), mailbox);
      case "messages" ->
          target.item().isEmpty()
              ? list(mailbox, scopes, query)
              : mailbox
                  .find(target.item())
                  .map(mail -> message(mail, scopes, query))
                  .orElseGet(() -> GoogleError.notFound().answer());
      case "history" -> history(mailbox, query);
      case "threads" -> thread(mailbox.thread(target.item()), scopes, query);
      default -> GoogleError.notFound().answer();
    };
  }

  private static WebAnswer profile(SimulatedAccount account, Mailbox mailbox) {
    return WebAnswer.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("emailAddress", account.address())
            .put("messagesTotal", mailbox.mails().size())
            .put("historyId", String.valueOf(mailbox.step())));
  }

  /** All of what is asked for is one kind of step: that a mail came. */
  private static WebAnswer history(Mailbox mailbox, Fields query) {
    Optional<String> start =
        query
            .first("pageToken")
            .or(() -> query.first("startHistoryId"))
            .filter(text -> DIGITS.matcher(text).matches());
    if (start.isEmpty()) {
      return GoogleError.invalid("Invalid startHistoryId").answer();
    }
    int most = query.first("maxResults").map(Integer::parseInt).orElse(USUAL_RESULTS);
    return mailbox
        .since(Long.parseLong(start.get()))
        .map(
            steps ->
                WebAnswer.json(
                    200,
                    HistoryJson.of(
                        steps.stream().limit(most).toList(), mailbox.step(), steps.size() <= most)))
        .orElseGet(() -> GoogleError.notFound().answer());
  }

  private static WebAnswer list(Mailbox mailbox, Set<String> scopes, Fields query) {
    Optional<String> wanted = query.first("q");
    if (wanted.isPresent() && !GoogleScopes.mayRead(scopes)) {
      return GoogleError.forbidden("Metadata scope does not support 'q' parameter").answer();
    }
    var search = new MailSearch(wanted.orElse(""));
    List<String> labels = query.values("labelIds");
    List<SimulatedMail> found =
        mailbox.mails().stream()
            .filter(search::finds)
            .filter(mail -> mail.labels().containsAll(labels))
            .limit(query.first("maxResults").map(Integer::parseInt).orElse(USUAL_RESULTS))
            .toList();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (!found.isEmpty()) {
      ArrayNode messages = answer.putArray("messages");
      found.forEach(mail -> messages.add(MailJson.ids(mail)));
    }
    return WebAnswer.json(200, answer.put("resultSizeEstimate", found.size()));
  }

  private static WebAnswer message(SimulatedMail mail, Set<String> scopes, Fields query) {
    Format format = format(query);
    return switch (format) {
      case FULL, RAW ->
          GoogleScopes.mayRead(scopes)
              ? WebAnswer.json(200, MailJson.of(mail, format, Set.of()))
              : GoogleError.forbidden("Metadata scope doesn't allow format " + format).answer();
      case MINIMAL, METADATA ->
          WebAnswer.json(
              200, MailJson.of(mail, format, new HashSet<>(query.values("metadataHeaders"))));
    };
  }

  private static WebAnswer thread(List<SimulatedMail> mails, Set<String> scopes, Fields query) {
    if (mails.isEmpty()) {
      return GoogleError.notFound().answer();
    }
    Format format = GoogleScopes.mayRead(scopes) ? format(query) : Format.METADATA;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .put("id", mails.getFirst().threadId())
        .put("historyId", String.valueOf(mails.getLast().step()));
    ArrayNode messages = answer.putArray("messages");
    Set<String> headers = new HashSet<>(query.values("metadataHeaders"));
    mails.forEach(mail -> messages.add(MailJson.of(mail, format, headers)));
    return WebAnswer.json(200, answer);
  }

  private static Format format(Fields query) {
    return Format.valueOf(query.first("format").orElse("full").toUpperCase(Locale.ROOT));
  }
}
