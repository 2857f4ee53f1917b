package io.leverans.domain.delivery;

/** What to do about deliveries that ended for a cause, as a program can offer it. */
public enum Cure {
  /** Nothing stands in the way any more, as far as anyone knows: try them again. */
  RETRY_ALL,
  /** Write to another address. */
  CORRECT_ADDRESS,
  /** Change the text, the attachments or the size, and write anew. */
  CHANGE_MESSAGE,
  /** Connect or change the channel, then try them again. */
  RECONNECT_CHANNEL,
  /** Publish records in DNS, then try them again. */
  PUBLISH_RECORD,
  /** Somebody else has to act, or time has to pass, before another try is of use. */
  WAIT,
  /** Take the address off the suppression list, then try it again. */
  REMOVE_FROM_SUPPRESSION_LIST,
  /** There is nothing to be done from here. */
  NOTHING
}
