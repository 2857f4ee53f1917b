package io.leverans.mail.gmail;

import io.leverans.application.port.provider.memory.MemoryBook;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import java.util.Optional;

/** The mailbox of a Google account, followed, and what is found there. */
final class FollowedMailbox implements AutoCloseable {
  static final MailboxMark AT_100 = new MailboxMark("history 100");

  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final TestWorld world = new TestWorld();
  private final GmailProvider provider = world.provider(google);
  private final Dispatch dispatch = TestWorld.dispatch("anna@example.com");
  private final MemoryBook book = new MemoryBook(Stay.GO_ON);
  private final ScriptedMailbox mailbox = new ScriptedMailbox();

  FollowedMailbox() {
    google.answer(mailbox::answer);
  }

  ScriptedGoogle google() {
    return google;
  }

  ScriptedMailbox mailbox() {
    return mailbox;
  }

  MemoryBook book() {
    return book;
  }

  TestWorld world() {
    return world;
  }

  GmailProvider provider() {
    return provider;
  }

  Dispatch dispatch() {
    return dispatch;
  }

  MailboxSamples samples() {
    return new MailboxSamples(provider, dispatch);
  }

  private static OpenChannel channel() {
    return TestWorld.channel(
        "bounces", "mailbox", "scopes", "openid email " + TestWorld.SEND + " " + TestWorld.READ);
  }

  Visit visit(MailboxMark from) {
    return provider.mailbox().orElseThrow().visit(channel(), Optional.of(from), book);
  }

  Visit visitForTheFirstTime() {
    return provider.mailbox().orElseThrow().visit(channel(), Optional.empty(), book);
  }

  void arrives(String id, String text) {
    mailbox.put(id, "INBOX", text, text.length());
  }

  @Override
  public void close() {
    provider.close();
    google.close();
  }
}
