package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be wrong with a channel towards one server, in words. All of it rests on what the server
 * says, and servers have bad minutes; only a rule that forbids the sign-in is taken for certain.
 */
final class Faults {
  private static final int SIGN_IN_REQUIRED = 530;
  private static final int ENCRYPTION_REQUIRED = 538;

  private final ServerAddress server;

  Faults(ServerAddress server) {
    this.server = server;
  }

  /** The server does not take who signs in (RFC 4954 §6). */
  Outcome signInRefused(Reply reply, Credentials credentials) {
    String words = "%s refused the sign-in: %s".formatted(server.host(), reply.words());
    return wantsTls(reply)
        ? fault(Cause.TLS_FAILURE, words, encryptInstead())
        : credentialsRefused(reply, words, credentials);
  }

  private static Outcome credentialsRefused(Reply reply, String words, Credentials credentials) {
    SignInAdvice advice = SignInAdvice.on(reply, credentials);
    return fault(Cause.CREDENTIALS_REFUSED, words, advice.remedy(), advice.certainty());
  }

  private static boolean wantsTls(Reply reply) {
    return reply.code() == ENCRYPTION_REQUIRED
        || reply.status().filter("5.7.11"::equals).isPresent()
        || (reply.code() == SIGN_IN_REQUIRED
            && reply.text().toUpperCase(Locale.ROOT).contains("TLS"));
  }

  private static String encryptInstead() {
    return "Choose STARTTLS, or implicit TLS if the port is made for it.";
  }

  /** The server would let us in only signed in, or only under encryption. */
  Outcome notLetIn(Reply reply, Cause cause, Credentials credentials) {
    if (wantsTls(reply)) {
      return fault(Cause.TLS_FAILURE, said(reply), encryptInstead());
    }
    if (reply.code() == SIGN_IN_REQUIRED || cause == Cause.CREDENTIALS_REFUSED) {
      return credentialsRefused(reply, said(reply), credentials);
    }
    return fault(
        cause,
        said(reply),
        "The server lets this machine in for nothing. Check the host name and the port, and ask its"
            + " admin to let this machine's address and name in.");
  }

  private String said(Reply reply) {
    return "%s said: %s".formatted(server.host(), reply.words());
  }

  Outcome noCommonMechanism(List<String> offered, List<String> ours, Credentials credentials) {
    String names = String.join(", ", offered);
    return fault(
        Cause.CREDENTIALS_REFUSED,
        "%s signs in by %s, and the channel is set to %s."
            .formatted(server.host(), names, String.join(" or ", ours)),
        switch (credentials) {
          case Credentials.None _, Credentials.Password _ ->
              "Choose a way to sign in that the server offers, or ask its admin to allow one of"
                  + " PLAIN, LOGIN and NTLM.";
          case Credentials.BearerToken _ ->
              "The server takes no sign-in by its provider's page. Check that it is the provider's"
                  + " own server, or choose user name and password.";
        });
  }

  Outcome offersNoSignIn(boolean encryptionOffered) {
    return fault(
        encryptionOffered ? Cause.TLS_FAILURE : Cause.CREDENTIALS_REFUSED,
        "%s offers no sign-in on port %d%s."
            .formatted(
                server.host(), server.port(), encryptionOffered ? " without encryption" : ""),
        encryptionOffered
            ? encryptInstead()
            : "Remove user name and password if the server knows you by your address; else use the"
                + " port for submission, mostly 587 or 465.");
  }

  Outcome signInInClear(String why, Credentials credentials) {
    return fault(
        Cause.TLS_FAILURE,
        "The %s was not sent, since the connection to %s is not encrypted: %s."
            .formatted(
                credentials instanceof Credentials.BearerToken ? "access token" : "password",
                server.host(),
                why),
        switch (credentials) {
          case Credentials.None _, Credentials.Password _ ->
              "Choose implicit TLS with its port, mostly 465. Only if the network up to the server"
                  + " is your own, choose no encryption.";
          case Credentials.BearerToken _ ->
              "Choose STARTTLS, mostly on port 587, or implicit TLS, mostly on port 465.";
        });
  }

  Outcome untrusted(CertificateProblem problem) {
    return fault(
        Cause.TLS_FAILURE,
        "The certificate of %s is not trusted: %s.".formatted(server.host(), problem.words()),
        problem.remedy());
  }

  Outcome noStartTls() {
    return fault(
        Cause.TLS_FAILURE,
        "%s offers no encryption (STARTTLS) on port %d.".formatted(server.host(), server.port()),
        "Choose implicit TLS with its port, mostly 465, or ask the server's admin to switch"
            + " STARTTLS on.");
  }

  Outcome startTlsRefused(Reply reply) {
    return fault(
        Cause.TLS_FAILURE,
        "%s offered encryption (STARTTLS) and then refused it: %s"
            .formatted(server.host(), reply.words()),
        "Ask the server's admin to mend STARTTLS, or choose implicit TLS with its port, mostly"
            + " 465.");
  }

  Outcome handshakeRefused(String why) {
    return fault(
        Cause.TLS_FAILURE,
        "%s and this machine find no common encryption: %s".formatted(server.host(), why),
        "The server has to speak TLS 1.2 or 1.3; ask its admin to switch that on.");
  }

  /** TLS was spoken to a port that talks in clear. */
  Outcome speaksClearFirst(String said) {
    return fault(
        Cause.TLS_FAILURE,
        "Port %d of %s speaks in clear first. It said: %s"
            .formatted(server.port(), server.host(), said),
        "Choose STARTTLS for this port, or the port for implicit TLS, mostly 465.");
  }

  /** The server agreed to encrypt and went on in clear. */
  Outcome wentOnInClear(String said) {
    return fault(
        Cause.TLS_FAILURE,
        "%s agreed to encrypt (STARTTLS) and went on in clear: %s".formatted(server.host(), said),
        "Ask the server's admin to mend STARTTLS. Something between you and the server may also"
            + " tamper with the connection.");
  }

  /** Clear words were spoken to a port that wants TLS. */
  Outcome expectsTls() {
    return fault(
        Cause.TLS_FAILURE,
        "Port %d of %s says nothing in clear and answers in TLS: it expects TLS from the first byte."
            .formatted(server.port(), server.host()),
        "Choose implicit TLS for this port, or STARTTLS with its port, mostly 587.");
  }

  private static Outcome fault(Cause cause, String words, String remedy) {
    return fault(cause, words, remedy, Certainty.PRESUMED);
  }

  private static Outcome fault(Cause cause, String words, String remedy, Certainty certainty) {
    return new Outcome.NotTried(
        new ChannelFault(cause, words, remedy, certainty), Optional.empty());
  }
}
