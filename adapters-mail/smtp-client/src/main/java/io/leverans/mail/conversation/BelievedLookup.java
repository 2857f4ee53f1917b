package io.leverans.mail.conversation;

import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Scope;
import io.leverans.mail.conversation.NameServers.Standing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.lookup.InvalidZoneDataException;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import org.xbill.DNS.lookup.ServerFailedException;

/** Believes what it is told, and remembers it for as long as it holds. */
final class BelievedLookup implements RecordLookup {
  private final LookupSession session;

  BelievedLookup(Resolver resolver, Scope scope) {
    var builder = LookupSession.builder().resolver(resolver).cache(new Cache(DClass.IN));
    session =
        switch (scope) {
          case DNS_ONLY -> builder.build();
          case WITH_HOSTS_FILE -> builder.defaultHostsFileParser().build();
        };
  }

  @Override
  public CompletionStage<Answer<Record>> ask(Name name, int type) {
    return session
        .lookupAsync(name, type)
        .handle((result, failure) -> result == null ? meaning(failure) : found(result));
  }

  private static Answer<Record> found(LookupResult result) {
    List<Record> records = result.getRecords();
    return records.isEmpty()
        ? new Answer.NothingThere<>()
        : new Answer.Found<>(records, Origin.of(records.getFirst().getName(), Standing.UNPROVEN));
  }

  private static Answer<Record> meaning(@Nullable Throwable failure) {
    return switch (failure instanceof CompletionException ? failure.getCause() : failure) {
      case NoSuchDomainException _ -> new Answer.NoSuchName<>();
      case NoSuchRRSetException _ -> new Answer.NothingThere<>();
      case ServerFailedException _ ->
          new Answer.NoAnswer<>("the name server failed or refused to answer");
      case InvalidZoneDataException _ ->
          new Answer.NoAnswer<>("the records of the name contradict each other");
      case IOException _ -> new Answer.NoAnswer<>("no name server answered in time");
      case null, default -> new Answer.NoAnswer<>("the name servers' answer is of no use");
    };
  }
}
