package io.leverans.mail.conversation;

import io.leverans.mail.conversation.Credentials.BearerToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Puts an access token: by XOAUTH2, as Google and Microsoft tell it
 * (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol), or by OAUTHBEARER (RFC
 * 7628).
 *
 * <p>A refusal comes in two steps. The server first puts why into a challenge, which wants an
 * answer, or else the reply that ends the sign-in never comes.
 */
final class BearerWays implements SignInWays {
  private static final String XOAUTH2 = "XOAUTH2";
  private static final String OAUTHBEARER = "OAUTHBEARER";
  private static final String SECRET = "***";
  private static final char SEPARATOR = '\1';

  private final CommandLine line;
  private final ServerAddress server;
  private final Duration time;
  private final BearerToken token;

  BearerWays(
      CommandLine line, ServerAddress server, ConversationOptions options, BearerToken token) {
    this.line = line;
    this.server = server;
    this.time = options.timeouts().command();
    this.token = token;
  }

  @Override
  public List<String> names() {
    return List.of(XOAUTH2, OAUTHBEARER);
  }

  @Override
  public List<String> secrets() {
    return List.of(words(XOAUTH2), words(OAUTHBEARER), base64(token.token()), token.token());
  }

  @Override
  public Reply put(String name) throws LinkLostException {
    String words = words(name);
    Reply reply = line.signIn("AUTH " + name + " " + words, "AUTH " + name + " " + SECRET, time);
    if (asksForTheWords(reply)) {
      reply = line.signIn(words, SECRET, time);
    }
    return reply.code() == GO_ON ? refusal(name) : reply;
  }

  /** It does not take them with the command: its challenge says nothing. */
  private static boolean asksForTheWords(Reply reply) {
    return reply.code() == GO_ON && reply.text().isEmpty();
  }

  /** XOAUTH2 wants an empty line, OAUTHBEARER its separator (RFC 7628 §3.2.3). */
  private Reply refusal(String name) throws LinkLostException {
    String answer = name.equals(OAUTHBEARER) ? base64(String.valueOf(SEPARATOR)) : "";
    Reply reply = line.signIn(answer, answer, time);
    if (reply.code() / 100 == 5 || reply.code() / 100 == 4) {
      return reply;
    }
    throw LinkLostException.unintelligible(
        "the server refuses the access token and then says: " + reply.words());
  }

  private String words(String name) {
    String bearer = "auth=Bearer " + token.token() + SEPARATOR + SEPARATOR;
    return base64(
        name.equals(OAUTHBEARER)
            ? "n,a=%s,%shost=%s%sport=%d%s"
                    .formatted(
                        nameIn(token.user()),
                        SEPARATOR,
                        server.host(),
                        SEPARATOR,
                        server.port(),
                        SEPARATOR)
                + bearer
            : "user=" + token.user() + SEPARATOR + bearer);
  }

  /** As RFC 5801 §4 writes it. */
  private static String nameIn(String user) {
    return user.replace("=", "=3D").replace(",", "=2C");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
