package io.leverans.mail.conversation;

import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Checks the signatures of what it is told (DNSSEC, RFC 4035 §5), follows aliases, and remembers
 * answers for as long as they hold. What is not validly signed though it should be is no answer.
 */
final class ValidatedLookup implements RecordLookup {
  private static final int MOST_ALIASES = 8;

  private final UpstreamResolver upstream;
  private final ValidatingResolver resolver;
  private final Duration patience;
  private final RememberedAnswers remembered = new RememberedAnswers();

  /**
   * @param patience for an answer with all keys on the way
   */
  ValidatedLookup(Resolver resolver, TrustAnchors anchors, Clock clock, Duration patience) {
    upstream = new UpstreamResolver(resolver);
    this.resolver = new ValidatingResolver(upstream, clock);
    this.resolver.setAddReasonToAdditional(true);
    this.patience = patience;
    try {
      this.resolver.loadTrustAnchors(anchors.open());
    } catch (IOException impossible) {
      throw new UncheckedIOException("trust anchors were read before", impossible);
    }
  }

  @Override
  public CompletionStage<Answer<Record>> ask(Name name, int type) {
    return ask(name, type, MOST_ALIASES)
        .toCompletableFuture()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(ValidatedLookup::meaning);
  }

  private CompletionStage<Answer<Record>> ask(Name name, int type, int aliasesLeft) {
    return answer(name, type)
        .thenCompose(
            answer ->
                switch (answer) {
                  case SignedAnswer.Told(var told, _) -> CompletableFuture.completedStage(told);
                  case SignedAnswer.Alias(var target, var standing, _) ->
                      aliasesLeft == 0
                          ? CompletableFuture.completedStage(
                              new Answer.NoAnswer<>("one alias leads to the next"))
                          : ask(target, type, aliasesLeft - 1)
                              .thenApply(found -> weakened(found, standing));
                  case SignedAnswer.ByItself _ -> askForAlias(name, type, aliasesLeft);
                });
  }

  private CompletionStage<Answer<Record>> askForAlias(Name name, int type, int aliasesLeft) {
    return ask(name, Type.CNAME, 0)
        .thenCompose(
            answer ->
                switch (answer) {
                  case Answer.Found(var records, var origin)
                      when aliasesLeft > 0 && records.getFirst() instanceof CNAMERecord alias ->
                      ask(alias.getTarget(), type, aliasesLeft - 1)
                          .thenApply(found -> weakened(found, origin.standing()));
                  case Answer.NoAnswer<Record> none -> CompletableFuture.completedStage(none);
                  case Answer.Found<Record> _,
                      Answer.NothingThere<Record> _,
                      Answer.NoSuchName<Record> _ ->
                      CompletableFuture.completedStage(
                          new Answer.NoAnswer<>("the name is an alias at one time only"));
                });
  }

  /** No stronger than the alias that led to it (RFC 7672 §2.1.3). */
  private static Answer<Record> weakened(Answer<Record> answer, Standing standing) {
    return switch (answer) {
      case Answer.Found(var records, var origin) when standing == Standing.UNPROVEN ->
          new Answer.Found<>(records, new Origin(origin.name(), standing));
      case Answer.Found<Record> _,
          Answer.NothingThere<Record> _,
          Answer.NoSuchName<Record> _,
          Answer.NoAnswer<Record> _ ->
          answer;
    };
  }

  private CompletionStage<SignedAnswer> answer(Name name, int type) {
    return remembered
        .find(name, type)
        .<CompletionStage<SignedAnswer>>map(CompletableFuture::completedStage)
        .orElseGet(
            () ->
                resolver
                    .sendAsync(
                        Message.newQuery(Record.newRecord(name, type, DClass.IN)),
                        Thread::startVirtualThread)
                    .thenApply(message -> learn(name, type, message)));
  }

  private SignedAnswer learn(Name name, int type, Message message) {
    SignedAnswer answer = new SignedMessage(message, name, type, upstream::lacksKeyAbove).answer();
    remembered.put(name, type, answer);
    return answer;
  }

  private static Answer<Record> meaning(@Nullable Throwable failure) {
    return switch (failure instanceof CompletionException ? failure.getCause() : failure) {
      case IOException _ -> new Answer.NoAnswer<>("no name server answered in time");
      case TimeoutException _ -> new Answer.NoAnswer<>("no name server answered in time");
      case null, default -> new Answer.NoAnswer<>("the name servers' answer is of no use");
    };
  }
}
