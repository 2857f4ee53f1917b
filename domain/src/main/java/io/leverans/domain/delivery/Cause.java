package io.leverans.domain.delivery;

import static io.leverans.domain.delivery.Fault.CHANNEL;
import static io.leverans.domain.delivery.Fault.CONTENT;
import static io.leverans.domain.delivery.Fault.NETWORK;
import static io.leverans.domain.delivery.Fault.PLATFORM;
import static io.leverans.domain.delivery.Fault.RECIPIENT;
import static io.leverans.domain.delivery.Fault.SENDER_DOMAIN;
import static io.leverans.domain.delivery.Fault.UNKNOWN;
import static io.leverans.domain.delivery.Permanence.PERMANENT;
import static io.leverans.domain.delivery.Permanence.TRANSIENT;
import static io.leverans.domain.delivery.Suppression.LEAVES_ALONE;
import static io.leverans.domain.delivery.Suppression.SUPPRESSES;

/** Why a delivery failed or is late: whose fault, whether for good, and what to do about it. */
public enum Cause {
  MAILBOX_UNKNOWN(
      RECIPIENT,
      PERMANENT,
      SUPPRESSES,
      "There is no such mailbox. Check the address for a typing error, or ask for the right one."),
  MAILBOX_INACTIVE(
      RECIPIENT,
      PERMANENT,
      SUPPRESSES,
      "The mailbox is closed or disabled. Ask the person for another address."),
  MAILBOX_MOVED(
      RECIPIENT,
      PERMANENT,
      SUPPRESSES,
      "The person has moved. Use the new address if the reply names one."),
  MAILBOX_FULL(
      RECIPIENT,
      TRANSIENT,
      LEAVES_ALONE,
      "The mailbox is full. Try again in some days, or reach the person another way."),
  RECIPIENT_FILTERED(
      RECIPIENT,
      PERMANENT,
      LEAVES_ALONE,
      "The recipient takes no mail from you. Reach the person another way."),
  DOMAIN_UNKNOWN(
      RECIPIENT,
      PERMANENT,
      SUPPRESSES,
      "The domain does not exist. Check the part after the @ for a typing error."),
  DOMAIN_REFUSES_MAIL(
      RECIPIENT,
      PERMANENT,
      SUPPRESSES,
      "The domain takes no mail at all. Ask the person for another address."),
  SENDER_REJECTED(
      CHANNEL,
      PERMANENT,
      LEAVES_ALONE,
      "The server does not let this sender address through. Check which addresses the channel may"
          + " send from."),
  RELAY_DENIED(
      CHANNEL,
      PERMANENT,
      LEAVES_ALONE,
      "The server does not pass on mail for this recipient. Check the channel's sign-in and"
          + " host."),
  REPUTATION_BLOCK(
      PLATFORM,
      TRANSIENT,
      LEAVES_ALONE,
      "The recipient's server blocks the sending server or its network. The operator has to ask for"
          + " the block to be lifted; the address is fine."),
  SENDER_DNS(
      PLATFORM,
      PERMANENT,
      LEAVES_ALONE,
      "The sending server's DNS records are missing or wrong. The operator has to publish reverse"
          + " DNS and matching host names."),
  AUTH_FAILURE(
      SENDER_DOMAIN,
      PERMANENT,
      LEAVES_ALONE,
      "SPF, DKIM or DMARC did not prove the sender. Publish the records for the sender's domain, or"
          + " send through a channel of that domain."),
  POLICY(
      UNKNOWN,
      PERMANENT,
      LEAVES_ALONE,
      "A rule of the recipient's server refused the message. Read the reply; their admin can say"
          + " which rule it was."),
  SPAM_REJECTED(
      CONTENT,
      PERMANENT,
      LEAVES_ALONE,
      "The recipient's server took the message for spam. Change the text and its links, and write"
          + " to people who expect you."),
  MARKED_AS_SPAM(
      RECIPIENT,
      PERMANENT,
      SUPPRESSES,
      "The recipient called it spam. Do not write there again unless they ask for it."),
  VIRUS_REJECTED(
      CONTENT,
      PERMANENT,
      LEAVES_ALONE,
      "The recipient's server found malware in it. Scan the attachment before sending it again."),
  CONTENT_REJECTED(
      CONTENT,
      PERMANENT,
      LEAVES_ALONE,
      "The recipient's server does not take this content. Leave out the attachment or the link that"
          + " the reply names."),
  MESSAGE_TOO_LARGE(
      CONTENT,
      PERMANENT,
      LEAVES_ALONE,
      "The message is larger than the server takes. Send a link in place of the attachment."),
  RATE_LIMITED(
      PLATFORM,
      TRANSIENT,
      LEAVES_ALONE,
      "The server asked for fewer messages at a time. If this goes on, send more slowly."),
  REMOTE_SYSTEM_ERROR(
      RECIPIENT,
      TRANSIENT,
      LEAVES_ALONE,
      "The recipient's server has trouble of its own. If this goes on, tell the recipient another"
          + " way."),
  PROTOCOL_ERROR(
      UNKNOWN,
      PERMANENT,
      LEAVES_ALONE,
      "The servers did not understand each other. Tell the operator, who finds the conversation"
          + " with the attempt."),
  NETWORK_FAILURE(
      NETWORK,
      TRANSIENT,
      LEAVES_ALONE,
      "The server could not be reached, or the connection broke. If this goes on, check the domain"
          + " and the network on this side."),
  TLS_FAILURE(
      NETWORK,
      TRANSIENT,
      LEAVES_ALONE,
      "No encrypted connection came about. The operator finds the details with the attempt."),
  ROUTING_LOOP(
      RECIPIENT,
      PERMANENT,
      LEAVES_ALONE,
      "The message went round in circles at the recipient's side. Tell their admin."),
  DELIVERY_EXPIRED(
      UNKNOWN,
      PERMANENT,
      LEAVES_ALONE,
      "It was tried for as long as it should be, or its sender had set, without success. Check the"
          + " address, then try again."),
  CREDENTIALS_REFUSED(
      CHANNEL,
      PERMANENT,
      LEAVES_ALONE,
      "The server refused the channel's user name or password. Connect the channel again."),
  QUOTA_SPENT(
      CHANNEL,
      TRANSIENT,
      LEAVES_ALONE,
      "The account's sending quota is used up. Wait until it resets, or ask for a larger one."),
  SUPPRESSED(
      RECIPIENT,
      PERMANENT,
      LEAVES_ALONE,
      "The address is on your team's suppression list. Remove it from the list to write to it"
          + " again."),
  CANCELLED(UNKNOWN, PERMANENT, LEAVES_ALONE, "It was withdrawn before it was handed over."),
  UNDETERMINED(
      UNKNOWN,
      TRANSIENT,
      LEAVES_ALONE,
      "Nothing tells why. The words given here are all there is to go by.");

  private final Fault fault;
  private final Permanence permanence;
  private final Suppression suppression;
  private final String remedy;

  Cause(Fault fault, Permanence permanence, Suppression suppression, String remedy) {
    this.fault = fault;
    this.permanence = permanence;
    this.suppression = suppression;
    this.remedy = remedy;
  }

  public Fault fault() {
    return fault;
  }

  public Permanence permanence() {
    return permanence;
  }

  public Suppression suppression() {
    return suppression;
  }

  /** Who can mend it. */
  public Mender mender() {
    return switch (this) {
      case MAILBOX_UNKNOWN,
          MAILBOX_INACTIVE,
          MAILBOX_MOVED,
          DOMAIN_UNKNOWN,
          DOMAIN_REFUSES_MAIL,
          SPAM_REJECTED,
          VIRUS_REJECTED,
          CONTENT_REJECTED,
          MESSAGE_TOO_LARGE,
          DELIVERY_EXPIRED ->
          Mender.SENDER;
      case MAILBOX_FULL, RECIPIENT_FILTERED, POLICY, REMOTE_SYSTEM_ERROR, ROUTING_LOOP ->
          Mender.RECIPIENTS_SIDE;
      case SENDER_REJECTED,
          RELAY_DENIED,
          AUTH_FAILURE,
          CREDENTIALS_REFUSED,
          QUOTA_SPENT,
          SUPPRESSED ->
          Mender.TEAM_ADMIN;
      case REPUTATION_BLOCK, SENDER_DNS, PROTOCOL_ERROR, TLS_FAILURE -> Mender.OPERATOR;
      case MARKED_AS_SPAM, RATE_LIMITED, NETWORK_FAILURE, CANCELLED, UNDETERMINED -> Mender.NOBODY;
    };
  }

  /** What to do about deliveries that ended for it. */
  public Cure cure() {
    return switch (this) {
      case MAILBOX_UNKNOWN, MAILBOX_INACTIVE, MAILBOX_MOVED, DOMAIN_UNKNOWN, DOMAIN_REFUSES_MAIL ->
          Cure.CORRECT_ADDRESS;
      case SPAM_REJECTED, VIRUS_REJECTED, CONTENT_REJECTED, MESSAGE_TOO_LARGE ->
          Cure.CHANGE_MESSAGE;
      case SENDER_REJECTED, RELAY_DENIED, CREDENTIALS_REFUSED -> Cure.RECONNECT_CHANNEL;
      case AUTH_FAILURE -> Cure.PUBLISH_RECORD;
      case MAILBOX_FULL, REPUTATION_BLOCK, SENDER_DNS, PROTOCOL_ERROR, QUOTA_SPENT -> Cure.WAIT;
      case SUPPRESSED -> Cure.REMOVE_FROM_SUPPRESSION_LIST;
      case RATE_LIMITED,
          REMOTE_SYSTEM_ERROR,
          NETWORK_FAILURE,
          TLS_FAILURE,
          DELIVERY_EXPIRED,
          UNDETERMINED ->
          Cure.RETRY_ALL;
      case RECIPIENT_FILTERED, POLICY, MARKED_AS_SPAM, ROUTING_LOOP, CANCELLED -> Cure.NOTHING;
    };
  }

  /** What a person can do about it in whatever state the mail is; {@link Remedy} adds the rest. */
  public String remedy() {
    return remedy;
  }
}
