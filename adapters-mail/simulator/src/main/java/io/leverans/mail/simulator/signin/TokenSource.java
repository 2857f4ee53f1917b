package io.leverans.mail.simulator.signin;

/** What a pair of tokens was given for. */
public enum TokenSource {
  CODE,
  REFRESH_TOKEN
}
