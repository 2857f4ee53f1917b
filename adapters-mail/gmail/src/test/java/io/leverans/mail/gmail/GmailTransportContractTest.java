package io.leverans.mail.gmail;

import io.leverans.application.port.provider.MailTransportContract;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.mail.gmail.ScriptedGoogle.Manner;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import org.junit.jupiter.api.AfterEach;

class GmailTransportContractTest implements MailTransportContract {
  private static final String RUBBISH = "\u0000\u0007250 2.0.0 queued\r\n\r\n<html>";
  private static final Reply TAKEN = Reply.json(200, "{\"id\": \"m1\", \"threadId\": \"t1\"}");
  private static final Reply UNAVAILABLE =
      Reply.json(
          503,
          """
          {"error": {"code": 503, "message": "Service unavailable", "status": "UNAVAILABLE",
            "errors": [{"reason": "backendError", "domain": "global", "message": "Busy"}]}}\
          """);
  private static final Reply UNFIT =
      Reply.json(
          400,
          """
          {"error": {"code": 400, "message": "Invalid To header",
            "errors": [{"reason": "invalidArgument", "domain": "global"}]}}\
          """);

  private final ScriptedGoogle google = new ScriptedGoogle(Security.TLS);
  private final GmailProvider provider = new TestWorld().provider(google);
  private volatile Behaviour behaviour = Behaviour.TAKES_EVERYTHING;

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  @Override
  public MailTransport transport() {
    return provider.transport();
  }

  @Override
  public OpenChannel channel() {
    return TestWorld.channel();
  }

  /** So long to a liar that most of it cannot be on its way yet when the lie is there. */
  @Override
  public Dispatch dispatch() {
    String[] recipients = {"anna@example.com", "bert@example.org"};
    return behaviour == Behaviour.LIES
        ? TestWorld.dispatch(
            TestWorld.content(
                "To: anna@example.com, bert@example.org\r\n", "Hello.\r\n".repeat(600_000)),
            recipients)
        : TestWorld.dispatch(recipients);
  }

  @Override
  public Peer peer() {
    return new Peer() {
      @Override
      public void behave(Behaviour now) {
        behaviour = now;
        switch (now) {
          case TAKES_EVERYTHING -> google.answer(_ -> TAKEN);
          case CANNOT_BE_REACHED -> google.vanish();
          case DEFERS -> google.behave(new Manner.AnswersEarly(UNAVAILABLE));
          case REJECTS -> google.behave(new Manner.AnswersEarly(UNFIT));
          case BREAKS_BEFORE_THE_END -> google.behave(new Manner.HangsUp());
          case BREAKS_AFTER_THE_END -> google.behave(new Manner.HangsUpAfterwards());
          case HANGS -> google.behave(new Manner.FallsSilent());
          case HANGS_AFTER_THE_END -> google.behave(new Manner.FallsSilentAfterwards());
          case SPEAKS_RUBBISH -> google.behave(new Manner.Says(RUBBISH));
          case SPEAKS_RUBBISH_AFTER_THE_END -> google.behave(new Manner.SaysAfterwards(RUBBISH));
          case LIES -> google.behave(new Manner.Lies(TAKEN));
          case CHANGES_ITS_MIND -> google.answer(_ -> UNAVAILABLE);
        }
      }

      @Override
      public int messagesTaken() {
        return google.requests().size();
      }
    };
  }
}
