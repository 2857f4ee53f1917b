package io.leverans.mail.conversation;

import java.util.List;

/** The mechanisms that one kind of credentials can be put by (RFC 4954 §4). */
interface SignInWays {
  int GO_ON = 334;

  /** Their names, the one to be preferred first. */
  List<String> names();

  /** What may stand in no words, those that hold others first. */
  List<String> secrets();

  /**
   * Puts the credentials by one of them.
   *
   * @return the reply that ends the sign-in
   */
  Reply put(String name) throws LinkLostException;
}
