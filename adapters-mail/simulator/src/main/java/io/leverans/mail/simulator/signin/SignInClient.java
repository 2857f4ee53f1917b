package io.leverans.mail.simulator.signin;

/** The application that is known to a provider, and its secret. */
public record SignInClient(String id, String secret) {
  @Override
  public String toString() {
    return "SignInClient[" + id + ']';
  }
}
