package io.leverans.mail.msc;

import io.leverans.mail.conversation.Assurance;

/**
 * On which terms the servers of one domain get its mail.
 *
 * @param assurance how sure the connection has to be
 */
record TlsTerms(Assurance assurance) {
  static final TlsTerms NONE = new TlsTerms(new Assurance.AsOptions());
}
