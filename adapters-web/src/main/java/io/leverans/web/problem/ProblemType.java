package io.leverans.web.problem;

import io.leverans.web.json.Words;

/**
 * The kinds of problem there are. Each has a page under {@code /problems/} and an entry in
 * openapi.yaml.
 */
public enum ProblemType {
  MALFORMED_REQUEST(
      400,
      "The request is not proper HTTP",
      "The server could not make sense of the request line, the headers or the way the body was"
          + " sent. The detail says what was wrong; the client library or a proxy in between is at"
          + " fault."),
  INCOMPLETE_BODY(
      400,
      "The request broke off",
      "The connection ended before the whole body had come. Nothing was done. Send it again."),
  MALFORMED_JSON(
      400,
      "The body is not JSON",
      "The body could not be read as JSON (RFC 8259). The detail gives the line and the column"
          + " where reading stopped. A name that stands twice in one object is refused as well."),
  INVALID_PARAMETER(
      400,
      "A query parameter is wrong",
      "A parameter in the address is unknown, stands twice, or has a value that it cannot have."
          + " The detail says what is allowed."),
  INVALID_CURSOR(
      400,
      "The cursor is not one of ours",
      "A cursor is taken unchanged from the field nextCursor of the page before. Start again"
          + " without a cursor to get the first page."),
  INVALID_IDEMPOTENCY_KEY(
      400,
      "The Idempotency-Key is wrong",
      "An Idempotency-Key has 1 to 255 visible ASCII characters. A random UUID is a good one."),
  UNAUTHENTICATED(
      401,
      "No valid API key",
      "Every request under /v1 carries the header 'Authorization: Bearer' with an API key of your"
          + " team."),
  ADMINS_ONLY(
      403,
      "Only an admin may do this",
      "What belongs to the whole team is in the hands of its admins. Ask one of them, or connect a"
          + " channel for yourself, with owner 'member'."),
  OPERATORS_ONLY(
      403,
      "Only an admin of the operator's team may see this",
      "It tells of the mail of all teams, so it is for those who run the service."),
  CHANNEL_NOT_YOURS(
      403,
      "The channel is not yours to change",
      "The platform's channels are the operator's, the team's are its admins', and a member's own"
          + " are that member's. You may send through it all the same if it is open to you."),
  MAILBOX_NOT_YOURS(
      403,
      "The report was read in somebody's own mailbox",
      "The mail in a member's own mailbox is that member's to read, also for the admins of the"
          + " team. What was understood of a report, such as the recipient and the cause, is listed"
          + " all the same."),
  UNKNOWN_ROUTE(
      404,
      "There is nothing at this address",
      "The path is none that the server knows. All of them are listed in /openapi.yaml."),
  UNKNOWN_IDENTITY(
      404,
      "There is no such identity",
      "No identity that you may see has this id. GET /v1/identities lists them. The status is 404"
          + " where the id stands in the address, and 422 where it stands in the body."),
  UNKNOWN_CHANNEL(
      404,
      "There is no such channel",
      "No channel that you may see, or that this identity may send through, has this id. GET"
          + " /v1/channels lists those there are. The status is 404 where the id stands in the"
          + " address, and 422 where it stands in the body."),
  UNKNOWN_MESSAGE(
      404,
      "There is no such message",
      "No message that you may see has this id. GET /v1/messages lists them."),
  UNKNOWN_REPORT(
      404,
      "There is no such report",
      "No report that you may read has this id. GET /v1/reports lists them. Reports on mail of the"
          + " system are listed and not given as they came, since they may hold the link that"
          + " proves an address."),
  UNKNOWN_RECIPIENT(
      404,
      "The message does not go to this address",
      "The address is not among the message's recipients. The status is 404 where it stands in the"
          + " address, and 422 where it stands in the body."),
  UNKNOWN_DOMAIN(
      404,
      "There is no such domain",
      "No sender domain of your team has this id. GET /v1/domains lists those there are."),
  UNKNOWN_SUPPRESSION(
      404,
      "There is no such entry on the suppression list",
      "No entry of your team's suppression list has this id; it may have been taken off. GET"
          + " /v1/suppressions lists those there are."),
  UNKNOWN_IMPORT(
      404,
      "There is no such import",
      "No list that your team imported has this id. POST /v1/suppressions/imports answers with the"
          + " address of what it began."),
  UNKNOWN_ERASURE(
      404,
      "There is no such order to erase",
      "No order to erase a person's data that you may see has this id. The header Location of the"
          + " answer to POST /v1/erasures names it; only admins see it."),
  UNKNOWN_RETRY(
      404,
      "There is no such order to try again",
      "No order that you may see has this id. The header Location of the answer to POST"
          + " /v1/failed-deliveries/retry names it."),
  METHOD_NOT_ALLOWED(
      405,
      "This address does not take this method",
      "The path exists, but not for this method. The header Allow names those it takes."),
  UNVERIFIED_IDENTITY(
      409,
      "The identity is not verified",
      "An identity sends only once its owner has pressed the button on the page that the"
          + " verification mail links to. POST /v1/identities/{id}/verification sends that mail"
          + " again."),
  IDENTITY_EXISTS(
      409,
      "There is an identity with this address already",
      "A member has each address once. The field existing names the identity that has it."),
  ALREADY_VERIFIED(
      409,
      "The identity is verified already",
      "There is nothing left to prove: the identity may send."),
  DOMAIN_EXISTS(
      409,
      "Your team has this domain already",
      "A team has each domain once. The field existing names it; GET /v1/domains/{id} shows its"
          + " records."),
  ROTATION_TOO_EARLY(
      409,
      "It is too early for another key",
      "After a key is changed the record of the one before stays for 7 days, since mail on its way"
          + " was signed with it. The field until says from when another change is possible."),
  TOO_MANY_DOMAINS(
      409,
      "The team has as many domains as it may",
      "Nothing was added. Remove a domain that nobody writes from any more; GET /v1/domains lists"
          + " them."),
  DOMAIN_CHANGED_MEANWHILE(
      409,
      "The domain was changed at the same time",
      "Nothing was done. Look at the domain again, and repeat the request if it is still needed."),
  CHANNEL_NOT_OFFERED(
      409,
      "The channel is not offered any more",
      "The operator no longer offers the kind that the channel is of, so nothing goes through it"
          + " and its mail waits. Ask them to offer it again, use another channel, or move what"
          + " waits with POST /v1/channels/{id}/move-waiting."),
  CHANNEL_CHANGED_MEANWHILE(
      409,
      "The channel was changed at the same time",
      "Nothing was done: others changed how the channel connects while this change was tried, again"
          + " and again. Look at the channel, and repeat the request if it is still needed."),
  COMES_WITH_PLATFORM(
      409,
      "The platform has the one channel of this kind",
      "Nothing can be connected: the channel is there already, for everybody. GET /v1/channels"
          + " shows it, and PUT /v1/identities/{id}/channel chooses it."),
  NO_CONSENT_NEEDED(
      409,
      "Nobody has to be asked",
      "A channel of this kind, or with these settings, is connected without the consent of an"
          + " account's owner. POST /v1/channels connects it, PATCH /v1/channels/{id} changes it."),
  CHANNEL_NEEDS_ATTENTION(
      409,
      "The channel needs attention itself",
      "Mail does not get away from one channel at fault by going to another. GET /v1/channels/{id}"
          + " says what is wrong with it; POST /v1/channels/{id}/test tries it once that is"
          + " mended."),
  MAIL_WAITS(
      409,
      "Mail waits for the channel",
      "Nothing was removed. Move the mail to another channel with POST"
          + " /v1/channels/{id}/move-waiting, or remove the channel with ?waiting=keep: then the"
          + " mail waits until it is moved. It is never moved by itself."),
  IDEMPOTENCY_KEY_REUSED(
      409,
      "The Idempotency-Key was used for another request",
      "A key stands for one request. Nothing was done. Use a new key for a new message; use the"
          + " same key only to repeat the very same request."),
  NOTHING_TO_RETRY(
      409,
      "Nothing of this message can be tried again",
      "Only what has failed or bounced can be tried again. What is in doubt is settled with POST"
          + " /v1/messages/{id}/resolve."),
  NOTHING_TO_CANCEL(
      409,
      "Nothing of this message can be withdrawn",
      "All of it was handed over already, or has come to an end. What was handed over cannot be"
          + " taken back."),
  NOTHING_TO_RESCHEDULE(
      409,
      "Nothing of this message can be given another time",
      "All of it was handed over already, or has come to an end. To send it again, write another"
          + " message."),
  REPORT_LINKED(
      409,
      "The report is linked already",
      "It counts for the delivery in deliveryId, and a report is linked once. If it says something"
          + " else than it was taken for, POST /v1/reports/{id}/verdict says what."),
  REPORT_NOT_LINKED(
      409,
      "The report is not linked",
      "As yet it says nothing of any delivery, so that there is nothing to correct. POST"
          + " /v1/reports/{id}/link ties it to one; GET /v1/reports?linked=false has suggestions."),
  NOT_IN_DOUBT(
      409,
      "This delivery is not in doubt",
      "Only a delivery whose answer was lost after it had been handed over needs a person's word."
          + " The detail says where this one stands."),
  CONTENT_PURGED(
      410,
      "It was purged",
      "The content of mail, and reports as they came, are kept only for as long as the operator"
          + " chose (retention.bodies, retention.reports). The field purgedAt says when it went."
          + " Recipients, subject and what became of the message are kept. The status is 410 where"
          + " the content is asked for, and 409 where it would be needed to send it again."),
  BODY_TOO_LARGE(
      413,
      "The body is too large",
      "A body has at most 1 MiB, and one with a message 35 MiB, which is enough for 25 MiB of"
          + " attachments in Base64; all but the content of attachments and raw mail has 5 MiB."),
  ATTACHMENTS_TOO_LARGE(
      413,
      "The attachments are too large",
      "All attachments of a message have 25 MiB together, before they are encoded. Send a link in"
          + " place of the largest."),
  MESSAGE_TOO_LARGE(
      413,
      "The message is too large",
      "The composed message, with its attachments encoded, is larger than what may be sent. Send a"
          + " link in place of the largest attachment."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The body is not sent as JSON",
      "Send the header 'Content-Type: application/json', in UTF-8, and no Content-Encoding."),
  INVALID_REQUEST(
      422,
      "Several fields are wrong",
      "The list errors has an entry for each of them, with its type, its place and what to do."),
  UNKNOWN_FIELD(
      422,
      "There is no such field",
      "The body has a field that is not known there, so what it should do would be lost. Look for a"
          + " typing error; the detail lists the fields there are."),
  MISSING_FIELD(
      422, "A field is missing", "The field is needed. The detail says what belongs there."),
  WRONG_JSON_TYPE(
      422,
      "A value is of the wrong kind",
      "For example a number stands where a string belongs. The detail says what belongs there."),
  INVALID_FIELD(
      422,
      "A field has a value that it cannot have",
      "The detail says what is wrong with it and what is allowed."),
  UNKNOWN_CHANNEL_KIND(
      422,
      "This kind of channel is not offered",
      "GET /v1/channel-kinds lists the kinds that the operator offers here, with what each takes to"
          + " connect."),
  INVALID_SETTINGS(
      422,
      "A channel cannot be connected with these settings",
      "Nothing was tried. The detail says what is wrong and what would be right; errors has an"
          + " entry for each setting if it is more than one. GET /v1/channel-kinds describes every"
          + " setting."),
  CONSENT_NEEDED(
      422,
      "The owner of the account has to give access first",
      "A channel of this kind is connected on a page of the provider's, where the owner of the"
          + " account signs in and agrees. POST /v1/channels/connect, or POST"
          + " /v1/channels/{id}/connect for a channel there is, begins with that; nothing was"
          + " stored or changed."),
  CHANNEL_REFUSED(
      422,
      "The channel does not work with these settings",
      "They were tried against the real server, which did not play along; nothing was stored and"
          + " nothing was changed. cause says why in a word, words has the server's own words,"
          + " remedy says what to do, transcript is the conversation, and field the setting to"
          + " change where that is known."),
  UNKNOWN_DELIVERY(
      422,
      "There is no such delivery",
      "No delivery that you may see, and that the report may be about, has this id. The recipients"
          + " of GET /v1/messages/{id} have theirs in deliveryId. A report that was read in a"
          + " team's mailbox, or has its token, is linked to that team's mail only; who sees the"
          + " reports of no team names the delivery's team in teamId."),
  SAME_CHANNEL(
      422,
      "The mail waits for this channel already",
      "Waiting mail is moved to another channel. GET /v1/channels lists them."),
  INVALID_ADDRESS(
      422,
      "An address is wrong",
      "An address is written name@example.com, 'Name <name@example.com>', or as an object with the"
          + " fields address and name."),
  INVALID_HEADER(
      422,
      "A header is wrong",
      "A header's name is printable ASCII, its value holds no line break, and it is none of those"
          + " that Leverans writes itself."),
  INVALID_ATTACHMENT(
      422,
      "An attachment is wrong",
      "An attachment has a filename, a contentType such as image/png, and its content in Base64"
          + " (RFC 4648 §4) without line breaks."),
  NOT_A_MAIL(
      422,
      "This is not a mail",
      "What is to be logged as it is has a header with a From field (RFC 5322), as every mailbox"
          + " gives its mails. Send it unchanged, as message/rfc822 or in Base64."),
  OTHER_AUTHOR(
      422,
      "The mail is from somebody else",
      "Mail is logged for the identity that it is from: the address in its From field is the"
          + " identity's, or that of an account of the identity's channels. Name the identity whose"
          + " address it is, or leave the mail out."),
  PREFLIGHT_STOP(
      422,
      "The message would be refused for certain",
      "Nothing was stored. What GET /v1/identities/{id}/preflight calls a stop is not taken: the"
          + " detail says the same as there, with what to do, and point names what it is about."),
  SUPPRESSED_RECIPIENT(
      422,
      "The team does not write to this address",
      "The address is on the team's suppression list, and nothing was stored or queued. Leave it"
          + " out, send with \"suppressed\": \"skip\" to have the message go to the other"
          + " recipients, or have an admin take it off the list with DELETE"
          + " /v1/suppressions/{id}. Where a bounce was misread, POST /v1/reports/{id}/verdict"
          + " corrects it, and the list with it. Where a message was to be tried again (409), field"
          + " points to its recipients as GET /v1/messages/{id} lists them."),
  NOT_A_LIST(
      422,
      "This is not a list of addresses",
      "What is imported is text/csv (RFC 4180) in UTF-8: a line for each address, and a first line"
          + " that names the columns, one of them address. Nothing was kept."),
  DUPLICATE_RECIPIENT(
      422,
      "An address is named more than once",
      "Each address stands once in to, cc and bcc together, so that nobody gets a message twice."),
  OVER_LIMIT(
      422,
      "There are too many of something",
      "A list or an object has more entries than it may. The detail names the limit."),
  INTERNAL_ERROR(
      500,
      "Something broke at our side",
      "The request may have had an effect or not: look before you repeat it, or repeat it with the"
          + " same Idempotency-Key. The operator finds the cause in the log under the id in the"
          + " detail."),
  NOT_READY(
      503,
      "The service cannot take mail right now",
      "The detail says what it waits for. Try again a little later.");

  private final int status;
  private final String title;
  private final String explanation;

  ProblemType(int status, String title, String explanation) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  /** The HTTP status that usually goes with it. */
  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What it means and what to do, whatever the request was. */
  public String explanation() {
    return explanation;
  }

  /** Its page, as a relative URI. */
  public String uri() {
    return "/problems/" + Words.of(this);
  }
}
