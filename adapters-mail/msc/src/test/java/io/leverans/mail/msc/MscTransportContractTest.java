package io.leverans.mail.msc;

import io.leverans.application.port.provider.MailTransportContract;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.TestDns;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class MscTransportContractTest implements MailTransportContract {
  private static final String RUBBISH = "\u0000\u0007HTTP/1.1 400 Bad Request\r\n\r\n<html>";
  private static final Script LIAR =
      (step, _, _) ->
          switch (step) {
            case DATA -> Optional.of(new Reaction.Say("354 go ahead\r\n250 2.0.0 queued"));
            case END -> Optional.of(new Reaction.HangUp());
            default -> Optional.empty();
          };

  private final ScriptedServer server = new ScriptedServer();
  private final TestDns dns =
      new TestDns().with("example.com", "MX 10 mx.test.").with("mx.test", "A 127.0.0.1");
  private final MscProvider provider =
      new TestWorld()
          .provider(
              "dns-server",
              dns.address().toString(),
              "port",
              String.valueOf(server.port()),
              "final-dot-timeout",
              "2s");

  @AfterEach
  void close() {
    provider.close();
    dns.close();
    server.close();
  }

  @Override
  public MailTransport transport() {
    return provider.transport();
  }

  @Override
  public OpenChannel channel() {
    return TestWorld.CHANNEL;
  }

  @Override
  public Dispatch dispatch() {
    return TestWorld.dispatch("anna@example.com");
  }

  @Override
  public Peer peer() {
    return new Peer() {
      @Override
      public void behave(Behaviour behaviour) {
        switch (behaviour) {
          case TAKES_EVERYTHING -> server.follow(Script.POLITE);
          case CANNOT_BE_REACHED -> server.close();
          case DEFERS -> server.follow(Script.say(Step.RCPT, "450 4.2.0 later"));
          case REJECTS -> server.follow(Script.say(Step.RCPT, "550 5.1.1 unknown"));
          case BREAKS_BEFORE_THE_END -> server.follow(Script.at(Step.DATA, new Reaction.HangUp()));
          case BREAKS_AFTER_THE_END -> server.follow(Script.at(Step.END, new Reaction.HangUp()));
          case HANGS -> server.follow(Script.at(Step.MAIL, new Reaction.FallSilent()));
          case HANGS_AFTER_THE_END -> server.follow(Script.at(Step.END, new Reaction.FallSilent()));
          case SPEAKS_RUBBISH -> server.follow(Script.say(Step.MAIL, RUBBISH));
          case SPEAKS_RUBBISH_AFTER_THE_END -> server.follow(Script.say(Step.END, RUBBISH));
          case LIES -> server.follow(LIAR);
          case CHANGES_ITS_MIND -> server.follow(Script.say(Step.END, "451 4.3.0 not after all"));
        }
      }

      @Override
      public int messagesTaken() {
        return server.messages().size();
      }
    };
  }
}
