package io.leverans.mail.simulator.google;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** What applications may ask for, in Google's words and in plain ones. */
final class GoogleScopes {
  private static final String PREFIX = "https://www.googleapis.com/auth/";
  private static final String ALL_MAIL = "https://mail.google.com/";
  static final String SEND = PREFIX + "gmail.send";
  static final String READ = PREFIX + "gmail.readonly";
  static final String METADATA = PREFIX + "gmail.metadata";
  private static final String MODIFY = PREFIX + "gmail.modify";
  private static final String COMPOSE = PREFIX + "gmail.compose";

  private static final Set<String> TO_SEND = Set.of(SEND, COMPOSE, MODIFY, ALL_MAIL);
  private static final Set<String> TO_READ = Set.of(READ, MODIFY, ALL_MAIL);

  private static final Map<String, String> MEANINGS =
      Map.of(
          "openid",
          "Know who you are",
          "email",
          "See your email address",
          PREFIX + "userinfo.email",
          "See your email address",
          "profile",
          "See your name",
          PREFIX + "userinfo.profile",
          "See your name",
          SEND,
          "Send email on your behalf",
          READ,
          "View your email messages",
          METADATA,
          "View the headers of your email messages, but not their text",
          MODIFY,
          "Read, write and send email on your behalf",
          ALL_MAIL,
          "Read, write, send and delete all your email for ever");

  private GoogleScopes() {}

  static String meaningOf(String scope) {
    return MEANINGS.getOrDefault(scope, "Use " + scope);
  }

  static boolean maySend(Set<String> scopes) {
    return !Collections.disjoint(scopes, TO_SEND);
  }

  static boolean mayRead(Set<String> scopes) {
    return !Collections.disjoint(scopes, TO_READ);
  }

  static boolean maySeeHeaders(Set<String> scopes) {
    return mayRead(scopes) || scopes.contains(METADATA);
  }
}
